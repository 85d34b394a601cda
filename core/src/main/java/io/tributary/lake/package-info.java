/**
 * What layers must agree on about a lake's files: who writes a lake and who reads it share these types and
 * nothing else. Start with {@link io.tributary.lake.Manifest}.
 */
@NullMarked
package io.tributary.lake;

import org.jspecify.annotations.NullMarked;
