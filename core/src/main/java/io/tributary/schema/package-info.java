/**
 * What a record is: its columns, their types and their wire form, declared once. Start with {@link
 * io.tributary.schema.Schema}.
 */
@NullMarked
package io.tributary.schema;

import org.jspecify.annotations.NullMarked;
