/**
 * What concerns all packages. Start with {@link io.tributary.view.View}; {@link io.tributary.Experimental} marks what
 * may still change.
 */
@NullMarked
package io.tributary;

import org.jspecify.annotations.NullMarked;
