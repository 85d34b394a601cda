/**
 * AWS services on the AWS SDK: a dimension table on DynamoDB and a publisher to Kinesis. Start with {@link
 * io.tributary.aws.DynamoTable} and {@link io.tributary.aws.KinesisPublisher}.
 */
@NullMarked
package io.tributary.aws;

import org.jspecify.annotations.NullMarked;
