/**
 * A small source of Kinesis streams for Flink. Start with {@link io.tributary.speed.kinesis.KinesisSource}.
 * Needs the AWS SDK's modules {@code kinesis} and {@code url-connection-client} on the class path.
 */
@Experimental
@NullMarked
package io.tributary.speed.kinesis;

import io.tributary.Experimental;
import org.jspecify.annotations.NullMarked;
