package io.tributary.partition;

import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A checked template of partitions, ready to render and to read local times.
 *
 * @param root the leading directories without timestamps
 * @param exact matches the paths that are rendered, with a group a field
 * @param loose matches the same directories whatever the columns' values
 */
record TemplateLayout(
        List<List<Part>> segments,
        List<PartitionColumn> columns,
        TimeField grain,
        String root,
        Pattern exact,
        Pattern loose) {

    static TemplateLayout parse(String text) {
        Template template = Template.parse(text, false);
        List<String> problems = template.problems();
        List<List<Part>> segments = template.segments();
        List<TimeField> fields = segments.stream()
                .flatMap(List::stream)
                .filter(Part.Time.class::isInstance)
                .map(part -> ((Part.Time) part).field())
                .toList();
        checkFields(fields, problems);
        List<PartitionColumn> columns = columns(segments, problems);
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(
                    "Invalid partition layout %s: %s".formatted(PathEscape.show(text), String.join("; ", problems)));
        }
        return new TemplateLayout(
                segments,
                columns,
                fields.get(fields.size() - 1),
                root(segments),
                pattern(segments, false),
                pattern(segments, true));
    }

    private static void checkFields(List<TimeField> fields, List<String> problems) {
        if (fields.isEmpty()) {
            problems.add("no timestamp (append year=!{timestamp:yyyy}/)");
            return;
        }
        List<TimeField> wanted = Arrays.asList(TimeField.values()).subList(0, new HashSet<>(fields).size());
        if (!fields.equals(wanted)) {
            List<TimeField> all = Arrays.asList(TimeField.values())
                    .subList(
                            0,
                            fields.stream().mapToInt(TimeField::ordinal).max().getAsInt() + 1);
            problems.add("timestamp fields %s (must be each once and from coarse to fine without a hole: %s)"
                    .formatted(patterns(fields), patterns(all)));
        }
    }

    private static String patterns(List<TimeField> fields) {
        return String.join(" ", fields.stream().map(TimeField::pattern).toList());
    }

    private static List<PartitionColumn> columns(List<List<Part>> segments, List<String> problems) {
        List<PartitionColumn> columns = new ArrayList<>();
        Set<String> names = new HashSet<>();
        boolean bare = false;
        for (List<Part> segment : segments) {
            String start = !segment.isEmpty() && segment.get(0) instanceof Part.Text first ? first.text() : "";
            int equals = start.indexOf('=');
            String name = equals < 0 ? "" : start.substring(0, equals);
            if (!name.isEmpty() && !names.add(name)) {
                problems.add("column %s appears twice (rename one)".formatted(PathEscape.show(name)));
            }
            if (!hasTime(segment)) {
                continue;
            }
            if (equals < 0) {
                bare = true;
                continue;
            }
            String pattern = start.substring(equals + 1) + patternOf(segment.subList(1, segment.size()));
            List<String> wrong = new ArrayList<>(PartitionColumn.problems(name, pattern));
            if (wrong.isEmpty()) {
                joints(start.substring(equals + 1), segment)
                        .filter(joint -> !PartitionColumn.JOINT.matcher(joint).matches())
                        .forEach(joint -> wrong.add(
                                "column %s joins fields by %s (use - _ or .)".formatted(name, PathEscape.show(joint))));
            }
            problems.addAll(wrong);
            if (wrong.isEmpty()) {
                columns.add(new PartitionColumn(name, pattern));
            }
        }
        if (bare && !columns.isEmpty()) {
            problems.add("timestamps with a column and without (write all of them as column=!{timestamp:…})");
        }
        return List.copyOf(columns);
    }

    /** The literal texts of a column's value. */
    private static Stream<String> joints(String first, List<Part> segment) {
        return Stream.concat(
                Stream.of(first),
                segment.stream().skip(1).filter(Part.Text.class::isInstance).map(part -> ((Part.Text) part).text()));
    }

    private static boolean hasTime(List<Part> segment) {
        for (Part part : segment) {
            if (part instanceof Part.Time) {
                return true;
            }
        }
        return false;
    }

    private static String patternOf(List<Part> parts) {
        StringBuilder pattern = new StringBuilder();
        for (Part part : parts) {
            if (part instanceof Part.Text joint) {
                pattern.append(joint.text());
            } else if (part instanceof Part.Time time) {
                pattern.append(time.field().pattern());
            }
        }
        return pattern.toString();
    }

    private static String root(List<List<Part>> segments) {
        StringBuilder root = new StringBuilder();
        segments.stream()
                .takeWhile(segment -> !hasTime(segment))
                .forEach(segment -> root.append(patternOf(segment)).append('/'));
        return root.toString();
    }

    private static Pattern pattern(List<List<Part>> segments, boolean anyValue) {
        StringBuilder regex = new StringBuilder();
        for (List<Part> segment : segments) {
            boolean loose = anyValue
                    && hasTime(segment)
                    && segment.get(0) instanceof Part.Text first
                    && first.text().contains("=");
            for (Part part : segment) {
                if (part instanceof Part.Text literal) {
                    String text = literal.text();
                    regex.append(Pattern.quote(loose ? text.substring(0, text.indexOf('=') + 1) : text));
                } else if (part instanceof Part.Time time) {
                    regex.append("([0-9]{")
                            .append(time.field().pattern().length())
                            .append("})");
                }
                if (loose) {
                    regex.append("[^/]*");
                    break;
                }
            }
            regex.append('/');
        }
        return Pattern.compile(regex.toString());
    }

    /** The partition that shows a local time. */
    Partition partition(LocalDateTime time, Instant start, Instant end) {
        StringBuilder path = new StringBuilder();
        List<PartitionValue> values = new ArrayList<>(columns.size());
        for (List<Part> segment : segments) {
            int from = path.length();
            render(segment, time, path);
            if (!columns.isEmpty() && hasTime(segment)) {
                PartitionColumn column = columns.get(values.size());
                values.add(new PartitionValue(
                        column, path.substring(from + column.name().length() + 1)));
            }
            path.append('/');
        }
        return new Partition(path.toString(), start, end, values);
    }

    /** The local time of a path that {@link #exact} matched; throws a DateTimeException when there is none. */
    LocalDateTime time(Matcher matcher) {
        int[] fields = {1, 1, 1, 0, 0};
        for (int i = 0; i < matcher.groupCount(); i++) {
            fields[i] = Integer.parseInt(matcher.group(i + 1));
        }
        return LocalDateTime.of(TimeField.YEAR.check(fields[0]), fields[1], fields[2], fields[3], fields[4]);
    }

    private static void render(List<Part> parts, LocalDateTime time, StringBuilder text) {
        for (Part part : parts) {
            if (part instanceof Part.Text literal) {
                text.append(literal.text());
            } else if (part instanceof Part.Time shown) {
                shown.field().render(time, text);
            }
        }
    }
}
