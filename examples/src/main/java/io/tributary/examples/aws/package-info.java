/**
 * One main class for each step on AWS; each is a command of the executable too. Start with {@link
 * io.tributary.examples.aws.GenerateOrders}.
 */
@NullMarked
package io.tributary.examples.aws;

import org.jspecify.annotations.NullMarked;
