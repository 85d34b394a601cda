package io.tributary.schema;

/**
 * What became of an input: accepted as a value or rejected with a reason. Both are values, so that
 * what was read is always what was accepted plus what was rejected.
 *
 * @param <T> the accepted value
 */
public sealed interface Outcome<T> {

    /** The input was good. */
    record Accepted<T>(T value) implements Outcome<T> {}

    /**
     * The input was not good.
     *
     * @param input the input as text, as far as it was read, for an error prefix
     */
    record Rejected<T>(Rejection rejection, String input) implements Outcome<T> {}

    static <T> Outcome<T> accepted(T value) {
        return new Accepted<>(value);
    }

    static <T> Outcome<T> rejected(Rejection rejection, String input) {
        return new Rejected<>(rejection, input);
    }

    /**
     * The accepted value.
     *
     * @throws IllegalArgumentException with the reason, when it was rejected
     */
    default T orElseThrow() {
        if (this instanceof Accepted<T> accepted) {
            return accepted.value();
        }
        throw new IllegalArgumentException("Invalid input: " + ((Rejected<T>) this).rejection());
    }
}
