package io.tributary.examples;

import io.tributary.config.Section;
import io.tributary.examples.option.Sections;
import io.tributary.partition.ErrorPrefix;
import io.tributary.speed.Lateness;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The tables of CONFIGURATION.md, made from the options records, their javadoc and their messages. */
final class OptionsPage {
    /** Defaults that depend on the machine. */
    private static final Map<String, String> TOLD = Map.of("duckdb.threads", "one a processor");

    private OptionsPage() {}

    static String of(List<OptionsTest.Sample> samples) throws IOException {
        Map<String, OptionsTest.Sample> byKey =
                samples.stream().collect(Collectors.toMap(OptionsTest.Sample::key, sample -> sample));
        List<String> lines = new ArrayList<>();
        for (Section<?> section : Sections.all()) {
            Class<?> type = section.defaults().getClass();
            String source = source(type);
            lines.add("### `%s`".formatted(section.name()));
            lines.add(
                    plain(match("/\\*\\*\\n \\* (.*?)\\n \\* (?:@param|<p>)", source)) + " (`" + type.getName() + "`)");
            lines.add("");
            lines.add("| option | type | default | limit | meaning |");
            lines.add("|---|---|---|---|---|");
            for (RecordComponent component : type.getRecordComponents()) {
                String key = section.name() + "." + component.getName();
                OptionsTest.Sample sample = Objects.requireNonNull(byKey.get(key), key);
                lines.add("| `%s` | %s | %s | %s | %s |"
                        .formatted(
                                key,
                                type(component),
                                TOLD.getOrDefault(key, defaultOf(section, component)),
                                sample.limit().replace("|", "\\|"),
                                plain(match(
                                        "@param " + component.getName() + " (.*?)\\n \\*(?: @param|/|\\n)", source))));
            }
            lines.add("");
        }
        lines.remove(lines.size() - 1);
        return String.join("\n", lines) + "\n";
    }

    private static String source(Class<?> type) throws IOException {
        Path end = Path.of(type.getName().replace('.', '/') + ".java");
        return Files.readString(SourceFiles.java().stream()
                .filter(file -> file.endsWith(end))
                .findFirst()
                .orElseThrow());
    }

    private static String match(String pattern, String source) {
        Matcher matcher = Pattern.compile(pattern, Pattern.DOTALL).matcher(source);
        if (!matcher.find()) {
            throw new AssertionError("Cannot find %s in the javadoc".formatted(pattern));
        }
        return matcher.group(1);
    }

    private static String plain(String javadoc) {
        return javadoc.replaceAll("\\s*\\n \\*\\s*", " ")
                .replaceAll("\\{@\\w+ ([^}]*)}", "`$1`")
                .replace("|", "\\|")
                .strip();
    }

    private static String type(RecordComponent component) {
        Class<?> type = component.getType();
        if (type.isEnum()) {
            return "constant";
        }
        return Map.of(
                        Duration.class, "duration",
                        String.class, "text",
                        URI.class, "URI",
                        ErrorPrefix.class, "template",
                        Lateness.class, "words")
                .getOrDefault(type, component.getName().endsWith("Bytes") ? "bytes" : "number");
    }

    private static String defaultOf(Section<?> section, RecordComponent component) {
        Object value;
        try {
            value = component.getAccessor().invoke(section.defaults());
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("Cannot read " + component, e);
        }
        if (value == null) {
            return "none";
        }
        if (value instanceof Enum<?> constant) {
            return "`%s`".formatted(constant.name().toLowerCase(Locale.ROOT).replace('_', '-'));
        }
        if (component.getName().endsWith("Bytes")
                && value instanceof Number number
                && number.longValue() % (1 << 20) == 0) {
            return "`%d MiB`".formatted(number.longValue() >> 20);
        }
        return "`%s`".formatted(value instanceof ErrorPrefix prefix ? prefix.template() : value);
    }
}
