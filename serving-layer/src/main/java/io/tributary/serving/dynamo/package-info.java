/**
 * The speed store on DynamoDB, over the AWS SDK's synchronous client, which the caller makes. Start with
 * {@link io.tributary.serving.dynamo.DynamoSpeedStore}.
 */
@NullMarked
package io.tributary.serving.dynamo;

import org.jspecify.annotations.NullMarked;
