package io.tributary.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The house rules that the text of the main sources shows. */
class HouseRulesTest {
    private static final int MOST_COMMENT_LINES = 12;

    private static final Pattern MESSAGE =
            Pattern.compile("new (?!InvalidValue)\\w*(?:Exception|Error)(?:<>)?\\(\\s*\"((?:[^\"\\\\]|\\\\.)*)\"");
    private static final Pattern GOOD_MESSAGE = Pattern.compile("(Cannot|Invalid) .*", Pattern.DOTALL);
    /** The rest of a sentence that whoever catches it begins. */
    private static final Pattern REST_OF_A_MESSAGE =
            Pattern.compile("(its? |%[sd]|condition |item %s|null$|cut off$).*");

    private static final Pattern CLASS_COMMENT = Pattern.compile(
            "^/\\*\\*(.*?)\\*/\\s*(?:@[^\\n]*\\n)*(?:[a-z-]+ )*(?:class|interface|@interface|record|enum) (\\w+)",
            Pattern.DOTALL | Pattern.MULTILINE);
    private static final Pattern OPTIONS =
            Pattern.compile("public record (\\w*Options)(?:<[^>]*>)?\\(([^{]*?)\\)[^()]*\\{");
    private static final Pattern WITH = Pattern.compile("public \\w+(?:<[^>]*>)? (with[A-Z]\\w*)\\(");
    private static final Pattern UNTYPED_TIME =
            Pattern.compile("public [^;{}=]*\\([^)]*\\b((?:long|int) \\w*(?:[mM]illis|[sS]econds|[nN]anos))\\b");
    private static final Pattern MOCKS = Pattern.compile("mockito|easymock|powermock|jmockit|jmock|wiremock");
    private static final Pattern VAGUE_PACKAGE =
            Pattern.compile("^package [\\w.]*\\b(utils?|helpers?|common|misc|internal)\\b");

    private static final Map<Path, String> MAIN = new LinkedHashMap<>();
    private static String tests = "";

    @BeforeAll
    static void read() throws IOException {
        StringBuilder text = new StringBuilder();
        for (Path file : SourceFiles.java()) {
            if (file.toString().contains("/src/main/java/io/")) {
                MAIN.put(file, Files.readString(file));
            } else {
                text.append(Files.readString(file));
            }
        }
        tests = text.toString();
    }

    @Test
    void messagesBeginWithCannotOrInvalid() {
        assertThat(inMain(
                        MESSAGE,
                        match -> !GOOD_MESSAGE.matcher(match.group(1)).matches()
                                && !REST_OF_A_MESSAGE.matcher(match.group(1)).matches()))
                .isEmpty();
    }

    @Test
    void classCommentsAreShort() {
        assertThat(inMain(
                        CLASS_COMMENT,
                        match -> match.group(1)
                                        .split("\\n \\* @", 2)[0]
                                        .lines()
                                        .filter(line -> !line.replace("*", "").isBlank())
                                        .count()
                                > MOST_COMMENT_LINES))
                .as("class comments of more than %d lines, tags aside", MOST_COMMENT_LINES)
                .isEmpty();
    }

    @Test
    void aPackageNamesTheFirstTypeToRead() {
        List<Path> silent = MAIN.entrySet().stream()
                .filter(file -> file.getKey().endsWith("package-info.java"))
                .filter(file ->
                        !file.getValue().replaceAll("\\s*\\n \\*\\s*", " ").contains("Start with {@link"))
                .map(Map.Entry::getKey)
                .toList();

        assertThat(silent).isEmpty();
    }

    @Test
    void packagesHaveTellingNames() {
        assertThat(inMain(VAGUE_PACKAGE, match -> true)).isEmpty();
    }

    @Test
    void optionsHaveDefaults() {
        List<String> problems = new ArrayList<>();
        MAIN.forEach((file, source) -> {
            Matcher options = OPTIONS.matcher(source);
            if (options.find()) {
                if (!source.contains("public static " + options.group(1) + " defaults()")) {
                    problems.add(file.getFileName() + ": no defaults()");
                }
            }
        });
        assertThat(problems).isEmpty();
    }

    @Test
    void everyOptionHasATest() {
        List<String> untested = MAIN.entrySet().stream()
                .filter(file -> OPTIONS.matcher(file.getValue()).find())
                .flatMap(file -> WITH.matcher(file.getValue())
                        .results()
                        .map(with -> with.group(1))
                        .filter(with -> !tests.contains("." + with + "("))
                        .map(with -> file.getKey().getFileName() + ": " + with))
                .toList();

        assertThat(untested).isEmpty();
    }

    @Test
    void timeIsADurationInWhatOthersCall() {
        assertThat(inMain(UNTYPED_TIME, match -> true)).isEmpty();
    }

    @Test
    void noMockingLibraryIsUsed() throws IOException {
        for (Path file : SourceFiles.all()) {
            if (file.endsWith("pom.xml")) {
                assertThat(Files.readString(file)).as(file.toString()).doesNotContainPattern(MOCKS);
            }
        }
    }

    @Test
    void whatIsExperimentalIsLeftOutOfTheComparisonOfVersions() throws IOException {
        String pom = Files.readString(SourceFiles.root().resolve("pom.xml"));
        List<String> experimental = MAIN.entrySet().stream()
                .filter(file -> file.getKey().endsWith("package-info.java"))
                .filter(file -> file.getValue().contains("\n@Experimental\n"))
                .map(file -> file.getValue().replaceAll("(?s).*\npackage ([\\w.]+);.*", "$1"))
                .toList();

        List<String> excluded = Pattern.compile("<exclude>(io\\.[\\w.]+)</exclude>")
                .matcher(pom)
                .results()
                .map(match -> match.group(1))
                .toList();
        assertThat(excluded).isNotEmpty().containsExactlyInAnyOrderElementsOf(experimental);
    }

    private static List<String> inMain(Pattern pattern, Predicate<MatchResult> isWrong) {
        return MAIN.entrySet().stream()
                .flatMap(file -> pattern.matcher(file.getValue())
                        .results()
                        .filter(isWrong)
                        .map(match -> file.getKey().getFileName() + ": " + match.group(match.groupCount())))
                .collect(Collectors.toList());
    }
}
