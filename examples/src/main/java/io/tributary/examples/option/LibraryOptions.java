package io.tributary.examples.option;

import io.tributary.config.Configuration;
import io.tributary.config.InvalidOptionsException;
import io.tributary.config.Section;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options of the library that a command was given. One file serves all commands: each checks all of it. */
public final class LibraryOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "A properties file with options of the library, such as http.maxRows=1000; CONFIGURATION.md"
                    + " lists them.")
    private @Nullable Path file;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "One such option; it goes before the file, and the command's own options before it.")
    private Map<String, String> given = new LinkedHashMap<>();

    /** Made by the command line. */
    public LibraryOptions() {}

    /** The options of a section. What is wrong in any section is wrong usage. */
    public <R extends Record> R get(Section<R> section) throws IOException {
        Sections.SECRETS.stream().filter(given::containsKey).forEach(secret -> {
            throw new ParameterException(
                    spec.commandLine(),
                    "Invalid --set: %s is a secret, which others see in the list of processes (put it into a file, and give that by --config)"
                            .formatted(secret));
        });
        try {
            Map<String, String> texts = new TreeMap<>(file == null ? Map.of() : Configuration.properties(file));
            texts.putAll(given);
            return Configuration.of(texts, Sections.all().toArray(Section<?>[]::new))
                    .get(section);
        } catch (InvalidOptionsException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            throw new IOException("Cannot read the options in %s (give a properties file)".formatted(file), e);
        }
    }
}
