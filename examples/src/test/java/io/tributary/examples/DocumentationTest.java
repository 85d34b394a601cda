package io.tributary.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.examples.command.Tributary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** The pages and the javadoc against the code: links, examples and commands. Other tests run the examples. */
class DocumentationTest {
    private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");
    private static final Pattern BLOCK = Pattern.compile("^```(\\w+)\\n(.*?)^```", Pattern.DOTALL | Pattern.MULTILINE);
    private static final Pattern HEADING = Pattern.compile("^#+ +(.*?) *$", Pattern.MULTILINE);
    private static final Pattern JAVADOC_EXAMPLE = Pattern.compile("<pre>\\{@code\\n(.*?)}</pre>", Pattern.DOTALL);
    private static final Pattern COMMAND_ROW = Pattern.compile("^\\| (`.*?`) \\| ", Pattern.MULTILINE);
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");
    private static final Pattern PROFILE = Pattern.compile("-P ?([\\w.-]+)");
    private static final Pattern MODULES = Pattern.compile("-pl ([\\w,-]+)");
    private static final String MARK = "// README\n";
    private static final String EXECUTABLE = "tributary-examples.jar ";
    private static final String ALIAS = "tributary ";
    private static final Map<String, CommandLine> COMMANDS = new CommandLine(Tributary.class).getSubcommands();

    @Test
    void everyLinkLeadsSomewhere() throws IOException {
        List<String> dead = new ArrayList<>();
        for (Path page : pages()) {
            for (MatchResult link : find(LINK, withoutBlocks(Files.readString(page)))) {
                if (!link.group(1).matches("(https?|mailto):.*") && !leadsSomewhere(page, link.group(1))) {
                    dead.add("%s: %s".formatted(page, link.group(1)));
                }
            }
        }
        assertThat(dead).isEmpty();
    }

    @Test
    void everyJavaBlockIsTestedCode() throws IOException {
        Set<String> tested = new HashSet<>();
        for (Path file : SourceFiles.java()) {
            String source = Files.readString(file);
            if (file.toString().contains("src/test/projects")) {
                tested.add(source.strip());
            } else if (file.toString().contains("src/test")) {
                String[] parts = source.split(" *" + MARK, -1);
                for (int i = 1; i < parts.length; i += 2) {
                    tested.add(parts[i].stripTrailing().stripIndent().strip());
                }
            }
        }
        List<String> untested = new ArrayList<>();
        for (Path page : pages()) {
            for (MatchResult block : find(BLOCK, Files.readString(page))) {
                if (block.group(1).equals("java")
                        && !tested.contains(block.group(2).strip())) {
                    untested.add("%s:%n%s".formatted(page, block.group(2)));
                }
            }
        }
        assertThat(untested).as("blocks that are no marked part of a test").isEmpty();
    }

    @Test
    void everyJavadocExampleIsTestedCode() throws IOException {
        StringBuilder tests = new StringBuilder();
        List<String> examples = new ArrayList<>();
        for (Path file : SourceFiles.java()) {
            String source = Files.readString(file);
            if (file.toString().contains("src/test")) {
                tests.append(withoutSpace(source));
            } else {
                find(JAVADOC_EXAMPLE, source).forEach(example -> examples.add(example.group(1)));
            }
        }
        assertThat(examples).isNotEmpty().allSatisfy(example -> {
            for (String statement :
                    example.replaceAll("(?m)^ *\\* ?", "").strip().split(";\\n", -1)) {
                assertThat(tests).contains(withoutSpace(statement.replaceAll(";$", "")));
            }
        });
    }

    @Test
    void everyCommandExists() throws IOException {
        String pom = Files.readString(SourceFiles.root().resolve("pom.xml"));
        List<String> wrong = new ArrayList<>();
        for (Path page : pages()) {
            for (MatchResult block : find(BLOCK, Files.readString(page))) {
                if (block.group(1).matches("sh|bash|shell|console")) {
                    for (String line : block.group(2).replace("\\\n", " ").split("\n|&&|\\|", -1)) {
                        problem(line.strip(), pom).ifPresent(problem -> wrong.add(page + ": " + problem));
                    }
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void theReadmeListsEveryCommand() throws IOException {
        String readme = Files.readString(SourceFiles.root().resolve("README.md"));
        String section = readme.substring(readme.indexOf("## The commands")).split("\n## ", 2)[0];
        Set<String> listed = new HashSet<>();
        List<String> wrong = new ArrayList<>();
        for (MatchResult row : find(COMMAND_ROW, section)) {
            for (MatchResult command : find(CODE, row.group(1))) {
                listed.add(command.group(1).split(" ", 2)[0]);
                unknown(command.group(1)).ifPresent(wrong::add);
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(listed).isEqualTo(COMMANDS.keySet());
    }

    private static Optional<String> problem(String line, String pom) {
        if (line.startsWith("mvn ")) {
            for (MatchResult profile : find(PROFILE, line)) {
                if (!pom.contains("<id>%s</id>".formatted(profile.group(1)))) {
                    return Optional.of("no profile " + profile.group(1));
                }
            }
            for (MatchResult modules : find(MODULES, line)) {
                for (String module : modules.group(1).split(",", -1)) {
                    if (!pom.contains("<module>%s</module>".formatted(module))) {
                        return Optional.of("no module " + module);
                    }
                }
            }
        }
        if (line.startsWith(ALIAS)) {
            return unknown(line.substring(ALIAS.length()));
        }
        int executable = line.indexOf(EXECUTABLE);
        return executable < 0 ? Optional.empty() : unknown(line.substring(executable + EXECUTABLE.length()));
    }

    /** What is unknown in a command and its options. */
    private static Optional<String> unknown(String text) {
        List<String> words = List.of(text.replaceAll("[\\[\\]()]", " ").strip().split("\\s+"));
        CommandLine command = COMMANDS.get(words.get(0));
        if (command == null) {
            return words.get(0).matches("COMMAND|-.*") ? Optional.empty() : Optional.of("no command " + words.get(0));
        }
        return words.stream()
                .filter(word -> word.startsWith("--"))
                .map(word -> word.split("=", 2)[0])
                .filter(option -> !options(command).contains(option))
                .findFirst()
                .map(option -> "no option %s of %s".formatted(option, words.get(0)));
    }

    private static Set<String> options(CommandLine command) {
        Set<String> options =
                new HashSet<>(command.getCommandSpec().optionsMap().keySet());
        options.addAll(command.getCommandSpec().negatedOptionsMap().keySet());
        command.getSubcommands().values().forEach(part -> options.addAll(options(part)));
        return options;
    }

    private static boolean leadsSomewhere(Path page, String link) throws IOException {
        String[] parts = link.split("#", 2);
        Path target = parts[0].isEmpty() ? page : page.resolveSibling(parts[0]);
        return Files.exists(target) && (parts.length == 1 || anchors(target).contains(parts[1]));
    }

    private static Set<String> anchors(Path page) throws IOException {
        return find(HEADING, withoutBlocks(Files.readString(page))).stream()
                .map(heading -> heading.group(1).toLowerCase(Locale.ROOT))
                .map(heading -> heading.replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-'))
                .collect(Collectors.toSet());
    }

    private static List<Path> pages() throws IOException {
        return SourceFiles.all().stream()
                .filter(file -> file.toString().endsWith(".md"))
                .toList();
    }

    private static String withoutBlocks(String page) {
        return BLOCK.matcher(page).replaceAll("");
    }

    private static String withoutSpace(String text) {
        return text.replaceAll("\\s+", "");
    }

    private static List<MatchResult> find(Pattern pattern, String text) {
        return pattern.matcher(text).results().toList();
    }
}
