package io.tributary.enrich;

/** A record's key is not in its dimension, and the enricher was told to fail then. */
public final class UnknownKeyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnknownKeyException(String column, Object key) {
        super("Cannot enrich: %s %s is unknown (add it to the dimension, or reject or keep such records)"
                .formatted(column, key));
    }
}
