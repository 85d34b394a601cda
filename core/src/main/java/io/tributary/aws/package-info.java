/**
 * The pipeline's ends on AWS. Records go onto a Kinesis stream through {@link io.tributary.aws.KinesisPublisher}.
 * Nothing else in this module uses the AWS SDK, which its users add themselves.
 */
@NullMarked
package io.tributary.aws;

import org.jspecify.annotations.NullMarked;
