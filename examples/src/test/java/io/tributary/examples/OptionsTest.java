package io.tributary.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.tngtech.archunit.core.domain.JavaClass;
import io.tributary.config.Configuration;
import io.tributary.config.InvalidOptionsException;
import io.tributary.config.Section;
import io.tributary.examples.option.Sections;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every option of the library: its default, a value that it takes, those that it refuses, its limit to the last. */
class OptionsTest {
    private static final Section<?>[] ALL = Sections.all().toArray(Section<?>[]::new);
    private static final Pattern RANGE = Pattern.compile("from (\\S+) to (\\S+)");

    /** A line of options.txt. */
    record Sample(String key, String good, List<String> bad) {
        static Sample parse(String line) {
            String[] cells = line.split(" \\| ", -1);
            return new Sample(
                    cells[0],
                    cells[1],
                    Arrays.stream(cells[2].split(" ; ", -1))
                            .map(text -> text.equals("(blank)") ? "" : text)
                            .toList());
        }

        Section<?> section() {
            return Sections.all().stream()
                    .filter(section -> key.startsWith(section.name() + "."))
                    .findFirst()
                    .orElseThrow();
        }

        /** What the option must be, as the first of the bad values is told. */
        String limit() {
            return limitIn(problem(key, bad.get(0)));
        }

        @Override
        public String toString() {
            return key;
        }
    }

    static List<Sample> samples() throws IOException {
        return Files.readAllLines(SourceFiles.root().resolve("examples/src/test/resources/options.txt")).stream()
                .filter(line -> !line.startsWith("#"))
                .map(Sample::parse)
                .toList();
    }

    private static String limitIn(String problem) {
        int begin = problem.lastIndexOf(" (");
        assertThat(begin).as(problem).isPositive();
        return problem.substring(begin + 2, problem.length() - 1).replaceFirst("^must be ", "");
    }

    private static List<String> problems(String key, String value) {
        try {
            Configuration.of(Map.of(key, value), ALL);
            return List.of();
        } catch (InvalidOptionsException e) {
            return e.problems();
        }
    }

    private static String problem(String key, String value) {
        return problems(key, value).stream()
                .filter(line -> line.startsWith(key + ": "))
                .findFirst()
                .orElseThrow(() -> new AssertionError("Invalid %s: %s is taken".formatted(key, value)));
    }

    @Test
    void everyOptionsRecordHasASection() {
        List<String> records = MainClasses.alone().stream()
                .filter(type -> type.isRecord() && type.getSimpleName().endsWith("Options"))
                .map(JavaClass::getName)
                .filter(name -> !name.startsWith("io.tributary.examples"))
                .toList();

        assertThat(records)
                .isNotEmpty()
                .containsExactlyInAnyOrderElementsOf(Sections.all().stream()
                        .map(section -> section.defaults().getClass().getName())
                        .toList());
    }

    @Test
    void everyOptionHasASample() throws IOException {
        assertThat(samples())
                .as("examples/src/test/resources/options.txt against the components of the options records")
                .extracting(Sample::key)
                .containsExactlyElementsOf(Sections.all().stream()
                        .flatMap(section -> section.keys().stream())
                        .toList());
    }

    @ParameterizedTest
    @MethodSource("samples")
    void aGoodValueIsTakenAndChangesNothingElse(Sample sample) throws ReflectiveOperationException {
        Section<?> section = sample.section();
        Record options =
                Configuration.of(Map.of(sample.key(), sample.good()), ALL).get(section);

        for (RecordComponent component : section.defaults().getClass().getRecordComponents()) {
            Object byDefault = component.getAccessor().invoke(section.defaults());
            Object value = component.getAccessor().invoke(options);
            if (sample.key().equals(section.name() + "." + component.getName())) {
                assertThat(value).as(component.getName()).isNotNull().isNotEqualTo(byDefault);
            } else {
                assertThat(value).as(component.getName()).isEqualTo(byDefault);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void eachBadValueIsRefusedInALine(Sample sample) {
        for (String bad : sample.bad()) {
            InvalidOptionsException refused = catchThrowableOfType(
                    InvalidOptionsException.class, () -> Configuration.of(Map.of(sample.key(), bad), ALL));

            assertThat(refused).as(bad).isNotNull();
            assertThat(refused.getMessage().lines())
                    .allMatch(line -> line.matches("Invalid [a-z]+\\.\\w+: .+ \\(.+\\)"));
            String line = problem(sample.key(), bad);
            if (sample.key().endsWith("token")) {
                assertThat(line).contains("it is not shown").doesNotContain(bad);
            } else {
                assertThat(line).contains(bad.isEmpty() ? "''" : bad.replaceFirst(" [KMG]iB$", ""));
            }
        }
    }

    private static List<Sample> ranges() throws IOException {
        return samples().stream()
                .filter(sample -> RANGE.matcher(sample.limit()).matches())
                .toList();
    }

    @ParameterizedTest
    @MethodSource("ranges")
    void aRangeHoldsToItsEnds(Sample sample) {
        Matcher range = RANGE.matcher(sample.limit());
        assertThat(range.matches()).isTrue();
        boolean isDuration = range.group(1).startsWith("P");
        Function<Integer, String> below = by -> moved(range.group(1), -by, isDuration);
        Function<Integer, String> above = by -> moved(range.group(2), by, isDuration);

        assertThat(List.of(below.apply(0), above.apply(0)))
                .allSatisfy(end -> assertThat(problems(sample.key(), end))
                        .noneMatch(line ->
                                line.startsWith(sample.key()) && limitIn(line).equals(sample.limit())));
        assertThat(List.of(below.apply(1), above.apply(1)))
                .allSatisfy(beyond ->
                        assertThat(limitIn(problem(sample.key(), beyond))).isEqualTo(sample.limit()));
    }

    private static String moved(String end, int by, boolean isDuration) {
        return isDuration
                ? Duration.parse(end).plusNanos(by).toString()
                : new BigDecimal(end).add(BigDecimal.valueOf(by)).toString();
    }

    @Test
    void thePageListsTheOptionsAsTheyAre() throws IOException {
        Path root = SourceFiles.root();
        String page = Files.readString(root.resolve("examples/CONFIGURATION.md"));
        String head = page.substring(0, page.indexOf("### "));
        String found = head + OptionsPage.of(samples());
        Files.writeString(root.resolve("examples/target/CONFIGURATION.md"), found);

        assertThat(page)
                .as("examples/CONFIGURATION.md against the code (which is written to examples/target/CONFIGURATION.md)")
                .isEqualTo(found);
    }
}
