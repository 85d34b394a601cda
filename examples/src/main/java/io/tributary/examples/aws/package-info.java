/**
 * The workshop's steps on AWS, a main class each. Start with {@link io.tributary.examples.aws.ImportProducts}, then
 * {@link io.tributary.examples.aws.GenerateOrders}, {@link io.tributary.examples.aws.CreateTable}, {@link
 * io.tributary.examples.aws.RunQuery}, {@link io.tributary.examples.aws.BuildBatchViews} and {@link
 * io.tributary.examples.aws.ServeViews}.
 */
@NullMarked
package io.tributary.examples.aws;

import org.jspecify.annotations.NullMarked;
