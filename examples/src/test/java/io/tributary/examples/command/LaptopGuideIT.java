package io.tributary.examples.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The guide's laptop way, command by command, as it stands there, on fewer orders. */
class LaptopGuideIT {
    private static final String GUIDE = "WORKSHOP.md";
    private static final String BUILD = "mvn -q -DskipTests package";
    private static final String ALIAS = "alias tributary='java -jar examples/target/tributary-examples.jar'";
    private static final String DIRECTORY = "target/workshop";
    private static final Set<String> MAKING_ORDERS_UP = Set.of("generate", "demo", "watch");

    @TempDir
    private Path work;

    @Test
    void everyCommandDoesWhatTheGuideSays() throws Exception {
        int commands = 0;
        for (GuideBlock block : GuideBlock.of(GUIDE, "laptop")) {
            StringBuilder printed = new StringBuilder();
            for (String command : block.commands()) {
                printed.append(run(command));
                commands++;
            }
            assertThat(block.expected())
                    .allSatisfy(text -> assertThat(printed.toString()).contains(text));
        }
        assertThat(commands).isGreaterThan(25);
        assertThat(work.resolve("workshop")).doesNotExist();
    }

    @Test
    void theGuideIsTheSameInBothLanguages() {
        assertThat(GuideBlock.of("WORKSHOP.ko.md"))
                .isEqualTo(GuideBlock.of(GUIDE))
                .isNotEmpty();
    }

    private String run(String command) throws Exception {
        if (command.equals(BUILD)) {
            assertThat(Files.readString(Path.of("../README.md"))).contains(BUILD);
            return "";
        }
        if (command.equals(ALIAS)) {
            return shell("java -jar ../examples/target/tributary-examples.jar views");
        }
        String here = command.replace(DIRECTORY, work.resolve("workshop").toString());
        return here.startsWith("tributary ") ? tributary(here) : shell(here);
    }

    private static String tributary(String command) {
        List<String> arguments = new ArrayList<>(GuideBlock.words(command));
        arguments.remove(0);
        if (MAKING_ORDERS_UP.contains(arguments.get(0))) {
            arguments.addAll(List.of("--orders", "2500"));
        }
        Captured captured = Captured.run(arguments.toArray(String[]::new));
        assertThat(captured.code()).as("%s%n%s", command, captured.text()).isZero();
        return captured.text();
    }

    private static String shell(String command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder("sh", "-c", command)
                .redirectErrorStream(true)
                .start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as("%s%n%s", command, printed).isZero();
        assertThat(printed.isEmpty()).as(command).isEqualTo(command.startsWith("rm "));
        return printed;
    }
}
