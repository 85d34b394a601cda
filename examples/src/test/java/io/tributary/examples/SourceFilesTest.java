package io.tributary.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The house rules that only the source shows. */
class SourceFilesTest {
    private static final int MAX_LINES = 400;

    /** Files that may be longer, each with its reason. */
    private static final Map<String, String> LONG_FOR_A_REASON = Map.of();

    private static final Pattern TEST =
            Pattern.compile("^\\s*@(Test|Property|Example|ParameterizedTest|TestFactory)\\b", Pattern.MULTILINE);
    /** A contract's kit, which is run through the classes that extend it. */
    private static final Pattern KIT = Pattern.compile("^(public )?(abstract class|interface) ", Pattern.MULTILINE);

    private static final Pattern LANE = Pattern.compile(".*(Test|IT)\\.java");

    @Test
    void noJavaFileIsLongWithoutAReason() throws IOException {
        List<String> tooLong = new ArrayList<>();
        for (Path file : SourceFiles.java()) {
            int lines = Files.readAllLines(file).size();
            String name = file.getFileName().toString();
            if (lines > MAX_LINES && !LONG_FOR_A_REASON.containsKey(name)) {
                tooLong.add("%s: %d lines (split it, or give a reason in this test)".formatted(name, lines));
            }
            if (lines <= MAX_LINES && LONG_FOR_A_REASON.containsKey(name)) {
                tooLong.add("%s: needs no reason any more".formatted(name));
            }
        }
        assertThat(tooLong).isEmpty();
    }

    /** A test class of another name would be run by neither lane. */
    @Test
    void everyTestClassIsNamedForALane() throws IOException {
        List<Path> unnamed = new ArrayList<>();
        for (Path file : SourceFiles.java()) {
            String source = Files.readString(file);
            if (TEST.matcher(source).find()
                    && !KIT.matcher(source).find()
                    && !LANE.matcher(file.toString()).matches()) {
                unnamed.add(file);
            }
        }
        assertThat(unnamed).as("test classes named neither *Test nor *IT").isEmpty();
    }

    @Test
    void noFileNamesThePlaceItWasWrittenIn() throws IOException {
        String place = "/" + "work/";
        List<Path> naming = new ArrayList<>();
        for (Path file : SourceFiles.all()) {
            if (Files.readString(file, StandardCharsets.ISO_8859_1).contains(place)) {
                naming.add(file);
            }
        }
        assertThat(naming).as("files that mention " + place).isEmpty();
    }
}
