/**
 * What tests of programs that talk to AWS need: a stream in memory that loses requests and answers, and emulators on
 * this machine. Start with {@link io.tributary.aws.testing.FaultyStream}.
 */
@NullMarked
package io.tributary.aws.testing;

import org.jspecify.annotations.NullMarked;
