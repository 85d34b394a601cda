package io.tributary.enrich;

/**
 * What became of the records that an enricher was given.
 *
 * @param joined joined with their dimension
 * @param kept kept without it
 * @param rejected rejected with a reason
 */
public record EnrichmentTally(long joined, long kept, long rejected) {

    public long read() {
        return joined + kept + rejected;
    }

    /** As one line: {@code read 10 = joined 8 + kept 1 + rejected 1}. */
    @Override
    public String toString() {
        return "read %d = joined %d + kept %d + rejected %d".formatted(read(), joined, kept, rejected);
    }
}
