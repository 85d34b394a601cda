package io.tributary.serving.http;

import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A request that cannot be answered: becomes problem details as of RFC 9457. */
final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(ProblemException.class);

    private final int status;
    private final transient List<String> nearest;

    /** What a caller is told of a failure that is nobody's business but the log's. */
    static ProblemException ofFailure(String asked, Exception failure) {
        String reference =
                HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
        LOG.error("Cannot answer {} (reference {})", asked, reference, failure);
        return new ProblemException(
                500, "Cannot answer for now (the server's log tells why under reference %s)".formatted(reference));
    }

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
