package io.tributary.examples.bench;

import java.util.concurrent.Callable;

/**
 * One side of a comparison.
 *
 * @param name what it is, such as "Flink SQL"
 * @param work what is timed; returns the result, by which the sides are compared outside of the time
 * @param <T> the result
 */
public record Contender<T>(String name, Callable<T> work) {}
