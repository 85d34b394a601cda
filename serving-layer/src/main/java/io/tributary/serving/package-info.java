/**
 * One answer from what the batch layer knows before the cut and the speed layer from it on. Start with
 * {@link io.tributary.serving.LambdaView}.
 */
@NullMarked
package io.tributary.serving;

import org.jspecify.annotations.NullMarked;
