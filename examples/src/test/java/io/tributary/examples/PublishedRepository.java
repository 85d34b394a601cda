package io.tributary.examples;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A local Maven repository with what this build publishes, as jars and published poms. All else is linked
 * to the build's own repository, so nothing of ours is installed there and nothing is loaded twice.
 */
final class PublishedRepository {
    static final String VERSION = property("tributary.version");

    /** Each published artifact and its folder. */
    static final Map<String, String> ARTIFACTS = new LinkedHashMap<>();

    static {
        ARTIFACTS.put("tributary-parent", ".");
        ARTIFACTS.put("tributary-core", "core");
        ARTIFACTS.put("tributary-batch-layer", "batch-layer");
        ARTIFACTS.put("tributary-speed-layer", "speed-layer");
        ARTIFACTS.put("tributary-serving-layer", "serving-layer");
    }

    private final Path directory;

    private PublishedRepository(Path directory) {
        this.directory = directory;
    }

    static PublishedRepository at(Path directory) throws IOException {
        Path ours = Files.createDirectories(directory.resolve("io/tributary"));
        link(Path.of(property("tributary.repository")), directory);
        link(Path.of(property("tributary.repository"), "io"), ours.getParent());
        for (String artifact : ARTIFACTS.keySet()) {
            Path version = Files.createDirectories(ours.resolve(artifact).resolve(VERSION));
            String name = artifact + "-" + VERSION;
            Files.copy(pom(artifact), version.resolve(name + ".pom"));
            if (Files.exists(jar(artifact))) {
                Files.copy(jar(artifact), version.resolve(name + ".jar"));
            }
        }
        return new PublishedRepository(directory);
    }

    static Path pom(String artifact) {
        return target(artifact).resolve("published-pom.xml");
    }

    static Path jar(String artifact) {
        return target(artifact).resolve(artifact + "-" + VERSION + ".jar");
    }

    private static Path target(String artifact) {
        return SourceFiles.root().resolve(ARTIFACTS.get(artifact)).resolve("target");
    }

    /** Deletes a directory as far as there is one, with the links in it but not what they lead to. */
    static void delete(Path directory) throws IOException {
        if (Files.exists(directory)) {
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private static void link(Path from, Path to) throws IOException {
        try (Stream<Path> entries = Files.list(from)) {
            entries.filter(entry -> !Files.exists(to.resolve(entry.getFileName())))
                    .forEach(entry -> {
                        try {
                            Files.createSymbolicLink(to.resolve(entry.getFileName()), entry.toAbsolutePath());
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    });
        }
    }

    /** Runs Maven in a project and returns what it printed; fails when the build does. */
    String maven(Path project, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(property("tributary.maven"), "bin", "mvn").toString(),
                "--batch-mode",
                "--quiet",
                "-Dmaven.repo.local=" + directory.toAbsolutePath()));
        command.addAll(List.of(arguments));
        return run(project, command);
    }

    /** Runs a command and returns what it printed to standard output; fails when it does. */
    static String run(Path directory, List<String> command) throws IOException, InterruptedException {
        Path out = Files.createTempFile("out", ".txt");
        Path err = Files.createTempFile("err", ".txt");
        try {
            int code = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile())
                    .start()
                    .waitFor();
            if (code != 0) {
                throw new AssertionError("Cannot run %s: exit code %d%n%s%s"
                        .formatted(command.get(0), code, Files.readString(out), Files.readString(err)));
            }
            return Files.readString(out);
        } finally {
            Files.delete(out);
            Files.delete(err);
        }
    }

    private static String property(String name) {
        String value = System.getProperty(name);
        if (value == null) {
            throw new IllegalStateException(
                    "Cannot find what is published: no property %s (run it by Maven's failsafe plugin)"
                            .formatted(name));
        }
        return value;
    }
}
