package io.tributary.partition;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A piece of a path template that is rendered as a whole. */
sealed interface Part {

    record Text(String text) implements Part {}

    record Time(TimeField field) implements Part {}

    /** What Firehose fills in while it delivers. */
    enum Delivery implements Part {
        ERROR_OUTPUT_TYPE,
        RANDOM_STRING
    }

    /** The parts of a timestamp pattern; what is wrong with it is added to the problems. */
    static List<Part> ofPattern(String pattern, List<String> problems) {
        List<Part> parts = new ArrayList<>();
        if (pattern.isEmpty()) {
            problems.add("an empty timestamp pattern (use %s)".formatted(TimeField.PATTERNS));
        }
        int end;
        for (int start = 0; start < pattern.length(); start = end) {
            char first = pattern.charAt(start);
            end = start + 1;
            if (Character.isLetter(first)) {
                while (end < pattern.length() && pattern.charAt(end) == first) {
                    end++;
                }
                String run = pattern.substring(start, end);
                Optional<TimeField> field = TimeField.of(run);
                if (field.isPresent()) {
                    parts.add(new Time(field.get()));
                } else {
                    problems.add("timestamp pattern %s (must be made of %s)".formatted(run, TimeField.PATTERNS));
                }
            } else if ("'[]{}#".indexOf(first) >= 0) {
                problems.add("timestamp pattern %s holds %s (write the text outside of the expression)"
                        .formatted(pattern, first));
            } else {
                parts.add(new Text(String.valueOf(first)));
            }
        }
        return parts;
    }
}
