/**
 * Views, described once: dimensions, mergeable measures and a window. Both layers turn records into
 * slices, and one pure function turns merged slices into the rows of the view. Start with {@link
 * io.tributary.view.View}.
 */
@NullMarked
package io.tributary.view;

import org.jspecify.annotations.NullMarked;
