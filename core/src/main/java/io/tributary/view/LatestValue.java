package io.tributary.view;

/** The state of {@link Aggregate.Latest}: a value and when it was. */
public record LatestValue<V, T>(T time, V value) {}
