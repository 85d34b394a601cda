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

/**
 * Options records as properties give them: each option by its key, over the defaults of its {@link Section}. All
 * that is wrong is told at once, unknown keys with the nearest known one.
 *
 * <p>Numbers, {@code true} and {@code false}, texts, paths, URIs and zones are written as usual, durations and
 * instants as in ISO 8601 ({@code PT30S}), constants by their names in any case ({@code per-key}), and what has a
 * public static {@code parse} as that takes it. Components of other types are set by code alone. White space
 * around a value does not count.
 */
public final class Configuration {
    private final Map<Section<?>, Record> options;

    private Configuration(Map<Section<?>, Record> options) {
        this.options = options;
    }

    /**
     * Takes the options of the sections out of properties, which may have no others.
     *
     * @throws ConfigurationException when any is wrong, with all that is
     * @throws IllegalArgumentException when two sections have one name
     */
    public static Configuration of(Properties properties, Section<?>... sections) {
        Map<String, String> texts = new TreeMap<>();
        properties.stringPropertyNames().forEach(key -> texts.put(key, properties.getProperty(key)));
        List<String> problems = new ArrayList<>();
        properties.forEach((key, value) -> {
            if (!(key instanceof String) || !(value instanceof String)) {
                problems.add("%s: a %s (must be a text)"
                        .formatted(key, value.getClass().getSimpleName()));
            }
        });
        Set<String> names = new HashSet<>();
        Set<String> keys = new HashSet<>();
        Set<String> byCode = new HashSet<>();
        Map<Section<?>, Record> options = new LinkedHashMap<>();
        for (Section<?> section : sections) {
            if (!names.add(section.name())) {
                throw new IllegalArgumentException(
                        "Invalid sections: two are named %s (give each a name of its own)".formatted(section.name()));
            }
            OptionsRecord<?> record = new OptionsRecord<>(section);
            keys.addAll(record.keys());
            byCode.addAll(record.keysOfCode());
            options.put(section, record.read(texts, problems));
        }
        for (String key : texts.keySet()) {
            if (byCode.contains(key)) {
                problems.add(key + ": it has no text (set it in code)");
            } else if (!keys.contains(key)) {
                problems.add(Names.unknown(key, keys));
            }
        }
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
        return new Configuration(options);
    }

    /**
     * The properties of a file in UTF-8.
     *
     * @throws ConfigurationException when the file has a key twice, is not in UTF-8 or has a torn escape
     * @throws IOException when the file cannot be read
     */
    public static Properties load(Path file) throws IOException {
        List<String> twice = new ArrayList<>();
        Properties seen = new Properties() {
            private static final long serialVersionUID = 1L;

            @Override
            public synchronized Object put(Object key, Object value) {
                Object before = super.put(key, value);
                if (before != null) {
                    twice.add("%s: twice in %s (must be there once)".formatted(key, file));
                }
                return before;
            }
        };
        try {
            seen.load(new StringReader(Files.readString(file).replaceFirst("^\uFEFF", "")));
        } catch (CharacterCodingException e) {
            throw refused(file, "not in UTF-8", e);
        } catch (IllegalArgumentException e) {
            throw refused(file, "torn escape (must be \\u and four hexadecimal digits; write a backslash as \\\\)", e);
        }
        if (!twice.isEmpty()) {
            throw new ConfigurationException(twice);
        }
        Properties properties = new Properties();
        properties.putAll(seen);
        return properties;
    }

    private static ConfigurationException refused(Path file, String problem, Exception cause) {
        ConfigurationException refused = new ConfigurationException(List.of(file + ": " + problem));
        refused.initCause(cause);
        return refused;
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
