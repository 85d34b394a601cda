/**
 * Options records: their limits, and their form as a properties file. Start with
 * {@link io.tributary.config.Configuration}.
 */
@NullMarked
package io.tributary.config;

import org.jspecify.annotations.NullMarked;
