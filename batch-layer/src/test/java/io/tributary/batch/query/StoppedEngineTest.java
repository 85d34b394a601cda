package io.tributary.batch.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A process that is told to stop leaves nothing of what DuckDB has spilled. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class StoppedEngineTest {
    @TempDir
    private Path temporary;

    /** Runs until it is stopped. */
    static final class Child {
        private Child() {}

        public static void main(String[] arguments) throws InterruptedException {
            DuckDbEngine.start();
            System.out.write('\n');
            System.out.flush();
            Thread.sleep(60_000);
        }
    }

    @Test
    void leavesNoDirectory() throws IOException, InterruptedException {
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-Djava.io.tmpdir=" + temporary,
                        "-cp",
                        System.getProperty("java.class.path"),
                        Child.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            assertThat(child.getInputStream().read()).isEqualTo('\n');
            assertThat(temporary).isDirectoryContaining("glob:**/tributary-duckdb*");

            child.destroy();

            assertThat(child.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(temporary).isDirectoryNotContaining("glob:**/tributary-duckdb*");
        } finally {
            child.destroyForcibly();
        }
    }
}
