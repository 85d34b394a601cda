package io.tributary.config;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Options records from a properties file: each option under its key, over the defaults of its {@link Section}. All
 * that is wrong is told at once, unknown keys with the nearest known ones.
 *
 * <pre>{@code
 * Section<PublisherOptions> publisher = new Section<>("publisher", PublisherOptions.defaults());
 * PublisherOptions options = Configuration.load(file, publisher).get(publisher);
 * }</pre>
 *
 * <p>Numbers, {@code true}, texts, paths, URIs and zones are written as usual, bytes with or without a unit
 * ({@code 64 MiB}), durations and instants as in ISO 8601 ({@code PT30S}), constants by their names in any case
 * ({@code per-key}), and what has a public static {@code parse} as that takes it.
 */
public final class Configuration {
    private final Map<Section<?>, Record> options;

    private Configuration(Map<Section<?>, Record> options) {
        this.options = options;
    }

    /**
     * The options of the sections in a file of properties in UTF-8, which may have no others.
     *
     * @throws InvalidOptionsException when any is wrong, with all that is
     * @throws IOException when the file cannot be read
     */
    public static Configuration load(Path file, Section<?>... sections) throws IOException {
        return of(properties(file), sections);
    }

    /**
     * The options of the sections among texts by key, which may have no others.
     *
     * @throws InvalidOptionsException when any is wrong, with all that is
     */
    public static Configuration of(Map<String, String> texts, Section<?>... sections) {
        List<String> problems = new ArrayList<>();
        Set<String> unread = new TreeSet<>(texts.keySet());
        Set<String> keys = new HashSet<>();
        Map<Section<?>, Record> options = new LinkedHashMap<>();
        for (Section<?> section : sections) {
            OptionsRecord<?> record = new OptionsRecord<>(section);
            options.put(section, record.read(texts, problems));
            record.keysOfCode().stream()
                    .filter(unread::remove)
                    .forEach(key -> problems.add(key + ": it has no text (set it in code)"));
            keys.addAll(record.keys());
        }
        unread.removeAll(keys);
        unread.forEach(key -> problems.add(unknown(key, keys, sections)));
        if (!problems.isEmpty()) {
            throw new InvalidOptionsException(problems);
        }
        return new Configuration(options);
    }

    private static String unknown(String key, Set<String> known, Section<?>... sections) {
        List<String> nearest = NearestNames.of(key, known);
        return "%s: unknown (%s)"
                .formatted(
                        key,
                        nearest.isEmpty()
                                ? "must begin with one of "
                                        + List.of(sections).stream()
                                                .map(section -> section.name() + ".")
                                                .toList()
                                : "did you mean %s?".formatted(nearest.get(0)));
    }

    /**
     * The texts of a file of properties in UTF-8.
     *
     * @throws InvalidOptionsException when it has a key twice, is not in UTF-8 or has a torn escape
     * @throws IOException when the file cannot be read
     */
    public static Map<String, String> properties(Path file) throws IOException {
        Map<String, String> texts = new TreeMap<>();
        List<String> problems = new ArrayList<>();
        Properties each = new Properties() {
            private static final long serialVersionUID = 1L;

            @Override
            public synchronized Object put(Object key, Object value) {
                String before = texts.put((String) key, (String) value);
                if (before != null) {
                    problems.add("%s: twice in %s (give it once)".formatted(key, file));
                }
                return super.put(key, value);
            }
        };
        try {
            each.load(new StringReader(Files.readString(file).replaceFirst("^\uFEFF", "")));
        } catch (CharacterCodingException e) {
            problems.add(file + ": not in UTF-8");
        } catch (IllegalArgumentException e) {
            problems.add(file + ": torn escape (must be \\u and four hexadecimal digits; write a backslash as \\\\)");
        }
        if (!problems.isEmpty()) {
            throw new InvalidOptionsException(problems);
        }
        return texts;
    }

    /**
     * The options of one of the sections.
     *
     * @throws IllegalArgumentException when the configuration was taken without it
     */
    @SuppressWarnings("unchecked") // they were made by the constructor of the section's own defaults
    public <R extends Record> R get(Section<R> section) {
        Record found = options.get(section);
        if (found == null) {
            throw new IllegalArgumentException("Cannot get section %s (the configuration was taken with %s)"
                    .formatted(
                            section.name(),
                            options.keySet().stream().map(Section::name).toList()));
        }
        return (R) found;
    }
}
