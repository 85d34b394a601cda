/**
 * The speed job on a cluster whose processes, store and disk fail. Start with {@link
 * io.tributary.examples.cluster.SurvivalIT}.
 */
@NullMarked
package io.tributary.examples.cluster;

import org.jspecify.annotations.NullMarked;
