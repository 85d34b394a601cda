/**
 * The workshop's labs, as views and in Flink's SQL. Start with {@link io.tributary.examples.lab.Lab}.
 */
@NullMarked
package io.tributary.examples.lab;

import org.jspecify.annotations.NullMarked;
