package io.tributary.speed;

/**
 * What some records add to a cell: passed on by a pre-aggregation, and owned by whoever receives it.
 *
 * @param records how many they are
 */
record Contribution<K, A>(K key, long slice, A value, long records) {}
