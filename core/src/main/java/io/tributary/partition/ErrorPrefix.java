package io.tributary.partition;

import java.io.Serializable;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Where rejected records go, in Firehose's prefix grammar: {@code
 * data/stream_error_data/year=!{timestamp:yyyy}/!{firehose:error-output-type}/}. Timestamps follow the
 * same rules as in a {@link PartitionLayout}, in any order; the error type is escaped, so that it is one
 * directory; {@code !{firehose:random-string}} is a {@link #randomText}.
 */
public final class ErrorPrefix implements Serializable {
    private static final long serialVersionUID = 1L;

    private static final String ALPHABET = "0123456789abcdefghijklmnopqrstuvwxyz";
    private static final int RANDOM_LENGTH = 11;

    private final String template;
    private final transient List<List<Part>> segments;
    private final transient LocalClock clock;

    private ErrorPrefix(String template, List<List<Part>> segments, LocalClock clock) {
        this.template = template;
        this.segments = segments;
        this.clock = clock;
    }

    /**
     * Reads a template, with timestamps in UTC.
     *
     * @throws IllegalArgumentException naming all that is wrong with it
     */
    public static ErrorPrefix parse(String template) {
        Template parsed = Template.parse(template, true);
        List<String> problems = parsed.problems();
        if (parsed.segments().stream().noneMatch(segment -> segment.contains(Part.Delivery.ERROR_OUTPUT_TYPE))) {
            problems.add("no error type (append !{firehose:error-output-type}/)");
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(
                    "Invalid error prefix %s: %s".formatted(PathEscape.show(template), String.join("; ", problems)));
        }
        return new ErrorPrefix(template, parsed.segments(), new LocalClock(ZoneOffset.UTC));
    }

    public ErrorPrefix inZone(ZoneId zone) {
        return new ErrorPrefix(template, segments, new LocalClock(zone));
    }

    public String template() {
        return template;
    }

    /** 11 random letters and digits. */
    public static String randomText() {
        StringBuilder text = new StringBuilder(RANDOM_LENGTH);
        ThreadLocalRandom.current()
                .ints(RANDOM_LENGTH, 0, ALPHABET.length())
                .forEach(letter -> text.append(ALPHABET.charAt(letter)));
        return text.toString();
    }

    /**
     * The directory for the records that were rejected for this reason at this instant; it ends in a slash.
     *
     * @param randomText the same for all that may lie in one file
     */
    public String path(Instant instant, String errorType, String randomText) {
        LocalDateTime time = clock.at(instant);
        StringBuilder path = new StringBuilder();
        for (List<Part> segment : segments) {
            for (Part part : segment) {
                if (part instanceof Part.Text literal) {
                    path.append(literal.text());
                } else if (part instanceof Part.Time shown) {
                    shown.field().render(time, path);
                } else if (part == Part.Delivery.ERROR_OUTPUT_TYPE) {
                    path.append(PathEscape.escape(errorType));
                } else {
                    path.append(PathEscape.escape(randomText));
                }
            }
            path.append('/');
        }
        return path.toString();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ErrorPrefix that && template.equals(that.template) && clock.equals(that.clock);
    }

    @Override
    public int hashCode() {
        return 31 * template.hashCode() + clock.hashCode();
    }

    @Override
    public String toString() {
        return template + " in " + clock.zone();
    }

    private Object writeReplace() {
        return new Form(template, clock.zone());
    }

    private record Form(String template, ZoneId zone) implements Serializable {
        private Object readResolve() {
            return parse(template).inZone(zone);
        }
    }
}
