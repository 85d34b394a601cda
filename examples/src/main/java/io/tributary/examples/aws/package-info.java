/**
 * The workshop's steps on AWS, a main class each. Start with {@link io.tributary.examples.aws.ImportProducts}, then
 * {@link io.tributary.examples.aws.GenerateOrders}.
 */
@NullMarked
package io.tributary.examples.aws;

import org.jspecify.annotations.NullMarked;
