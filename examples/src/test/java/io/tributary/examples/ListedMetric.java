package io.tributary.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A line of METRICS.md. */
public record ListedMetric(String name, String type, Set<String> labels) {
    /** What Flink's reporter puts in front. */
    public static final String OF_FLINK = "flink_taskmanager_job_task_operator_";

    private static final Pattern LINE = Pattern.compile(
            "^\\| `(tributary_\\w+)` \\| (\\w+) \\| [^|]+ \\| ([^|]*)\\| [^|]+ \\|$", Pattern.MULTILINE);

    public static List<ListedMetric> all() throws IOException {
        String page = Files.readString(SourceFiles.root().resolve("examples/METRICS.md"));
        return LINE.matcher(page)
                .results()
                .map(line -> new ListedMetric(line.group(1), line.group(2), labels(line.group(3))))
                .toList();
    }

    private static Set<String> labels(String cell) {
        return Arrays.stream(cell.split("[`, ]+", -1))
                .filter(label -> !label.isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    public boolean isOfFlink() {
        return name.startsWith("tributary_speed_");
    }

    /** The names under which Prometheus has it. */
    public List<String> series() {
        if (isOfFlink()) {
            return List.of(OF_FLINK + name);
        }
        if (!type.equals("timer")) {
            return List.of(name);
        }
        return name.startsWith("tributary_serving_")
                ? List.of(name + "_count", name + "_sum", name + "_max")
                : List.of(name + "_count", name + "_sum");
    }
}
