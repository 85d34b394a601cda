package io.tributary.aws;

import java.util.List;

/**
 * Writing ended early. Tells what DynamoDB confirmed and what it did not. Of the latter some may have been
 * written; writing all rows again does no harm.
 */
public final class DynamoWriteException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final int SHOWN = 5;

    private final long written;
    private final List<String> unconfirmedKeys;

    DynamoWriteException(long written, List<String> unconfirmedKeys, DynamoException cause) {
        super(
                "%s (%,d items were written; %,d were taken but not confirmed: %s; start anew, which does no harm)"
                        .formatted(cause.getMessage(), written, unconfirmedKeys.size(), shown(unconfirmedKeys)),
                cause);
        this.written = written;
        this.unconfirmedKeys = unconfirmedKeys;
    }

    private static String shown(List<String> keys) {
        String first = String.join(", ", keys.subList(0, Math.min(SHOWN, keys.size())));
        return keys.size() > SHOWN ? first + ", …" : first;
    }

    /** How many items DynamoDB confirmed. */
    public long written() {
        return written;
    }

    /** The keys of all other records that the writer had taken. */
    public List<String> unconfirmedKeys() {
        return unconfirmedKeys;
    }
}
