package io.tributary.speed;

import io.tributary.view.TimeRange;

/**
 * What a window has of a key.
 *
 * @param window all of time where there are no windows
 */
public record WindowResult<K, A>(K key, TimeRange window, A value) {}
