package io.tributary.partition;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A path template, cut at its slashes: literal text and {@code !{namespace:value}} expressions. What is
 * wrong is collected, so that all of it can be reported together.
 */
record Template(List<List<Part>> segments, List<String> problems) {
    private static final String OPEN = "!{";

    static Template parse(String text, boolean errorPrefix) {
        List<String> problems = new ArrayList<>();
        List<List<Part>> segments = new ArrayList<>();
        segments.add(new ArrayList<>());
        for (Part part : parts(text, errorPrefix, problems)) {
            if (part instanceof Part.Text literal) {
                addText(literal.text(), segments);
            } else {
                last(segments).add(part);
            }
        }
        if (text.startsWith("/")) {
            problems.add("an absolute path (drop the leading /)");
            segments.remove(0);
        }
        if (segments.size() > 1 && last(segments).isEmpty()) {
            segments.remove(segments.size() - 1);
        } else if (!errorPrefix) {
            problems.add(
                    "a path that does not end in / (append it, or the last column would run into the file's name)");
        }
        segments.forEach(segment -> checkSegment(segment, problems));
        return new Template(List.copyOf(segments), problems);
    }

    private static void addText(String text, List<List<Part>> segments) {
        String[] pieces = text.split("/", -1);
        for (int i = 0; i < pieces.length; i++) {
            if (i > 0) {
                segments.add(new ArrayList<>());
            }
            if (!pieces[i].isEmpty()) {
                append(pieces[i], last(segments));
            }
        }
    }

    private static void append(String text, List<Part> segment) {
        int end = segment.size() - 1;
        if (end >= 0 && segment.get(end) instanceof Part.Text before) {
            segment.set(end, new Part.Text(before.text() + text));
        } else {
            segment.add(new Part.Text(text));
        }
    }

    private static List<Part> last(List<List<Part>> segments) {
        return segments.get(segments.size() - 1);
    }

    private static List<Part> parts(String text, boolean errorPrefix, List<String> problems) {
        List<Part> parts = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            int open = text.indexOf(OPEN, at);
            if (open < 0) {
                parts.add(new Part.Text(text.substring(at)));
                break;
            }
            if (open > at) {
                parts.add(new Part.Text(text.substring(at, open)));
            }
            int close = text.indexOf('}', open);
            if (close < 0) {
                problems.add("an expression without its end: %s (append })".formatted(text.substring(open)));
                break;
            }
            parts.addAll(expression(text.substring(open + OPEN.length(), close), errorPrefix, problems));
            at = close + 1;
        }
        return parts;
    }

    private static List<Part> expression(String body, boolean errorPrefix, List<String> problems) {
        int colon = body.indexOf(':');
        String namespace = colon < 0 ? body : body.substring(0, colon);
        String value = colon < 0 ? "" : body.substring(colon + 1);
        if (namespace.equals("timestamp")) {
            return Part.ofPattern(value, problems);
        }
        Optional<Part> delivery = delivery(namespace, value);
        if (delivery.isEmpty()) {
            problems.add("expression !{%s} is not supported (use !{timestamp:…}%s)"
                    .formatted(
                            body, errorPrefix ? ", !{firehose:error-output-type} or !{firehose:random-string}" : ""));
        } else if (!errorPrefix) {
            problems.add("expression !{%s} belongs into an error prefix (use !{timestamp:…})".formatted(body));
        }
        return delivery.map(List::of).orElse(List.of());
    }

    private static Optional<Part> delivery(String namespace, String value) {
        if (!namespace.equals("firehose")) {
            return Optional.empty();
        }
        return switch (value) {
            case "error-output-type" -> Optional.of(Part.Delivery.ERROR_OUTPUT_TYPE);
            case "random-string" -> Optional.of(Part.Delivery.RANDOM_STRING);
            default -> Optional.empty();
        };
    }

    private static void checkSegment(List<Part> segment, List<String> problems) {
        if (segment.isEmpty()) {
            problems.add("a directory without a name (write one / between names)");
        }
        if (segment.size() == 1
                && segment.get(0) instanceof Part.Text only
                && (only.text().equals(".") || only.text().equals(".."))) {
            problems.add("directory %s (a path must not climb; name the directory)".formatted(only.text()));
        }
        for (Part part : segment) {
            if (part instanceof Part.Text literal) {
                literal.text()
                        .codePoints()
                        .filter(c -> c != '=' && PathEscape.mustEscape(c))
                        .distinct()
                        .forEach(c -> problems.add("character %s in %s (use letters, digits, - _ or .)"
                                .formatted(PathEscape.show(c), PathEscape.show(literal.text()))));
            }
        }
    }
}
