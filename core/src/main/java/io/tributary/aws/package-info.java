/**
 * AWS services on the AWS SDK: a dimension table on DynamoDB. Start with {@link io.tributary.aws.DynamoTable}.
 */
@NullMarked
package io.tributary.aws;

import org.jspecify.annotations.NullMarked;
