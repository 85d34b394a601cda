/**
 * Options that the commands and the job share. Start with {@link io.tributary.examples.option.AwsOptions}.
 */
@NullMarked
package io.tributary.examples.option;

import org.jspecify.annotations.NullMarked;
