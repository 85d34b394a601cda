/**
 * What a test of a publisher needs: a stream in memory that loses requests and answers. Start with {@link
 * io.tributary.aws.testing.FaultyStream}.
 */
@NullMarked
package io.tributary.aws.testing;

import org.jspecify.annotations.NullMarked;
