package io.tributary.serving.http;

import java.util.List;

/** A request that cannot be answered: becomes problem details as of RFC 9457. */
final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final transient List<String> nearest;

    ProblemException(int status, String detail) {
        this(status, detail, List.of());
    }

    /** @param nearest names that may have been meant */
    ProblemException(int status, String detail, List<String> nearest) {
        super(detail, null, false, false);
        this.status = status;
        this.nearest = List.copyOf(nearest);
    }

    int status() {
        return status;
    }

    List<String> nearest() {
        return nearest;
    }
}
