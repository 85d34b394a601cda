package io.tributary.examples.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.batch.server.AthenaServer;
import io.tributary.examples.Main;
import java.io.File;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A process that is told to stop leaves no query running, which would be billed. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class StoppedQueryIT {
    @TempDir
    private Path work;

    @Test
    void stopsTheQueryOnAthena() throws Exception {
        File log = work.resolve("log").toFile();
        try (AthenaServer athena = AthenaServer.start((database, sql, parameters) -> {
            new CountDownLatch(1).await();
            throw new IllegalStateException("Cannot come here");
        })) {
            ProcessBuilder command = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx256m",
                            "-Daws.accessKeyId=some-id",
                            "-Daws.secretAccessKey=some-secret",
                            "-cp",
                            System.getProperty("java.class.path"),
                            Main.class.getName(),
                            "run-query",
                            "select 1",
                            "--database=shop",
                            "--region-name=eu-west-1",
                            "--endpoint-url=" + athena.endpoint())
                    .redirectErrorStream(true)
                    .redirectOutput(log);
            Process process = command.start();
            try {
                while (athena.requests("GetQueryExecution").isEmpty()) {
                    assertThat(process.isAlive()).as(log.toString()).isTrue();
                    Thread.sleep(20);
                }
                process.destroy();
                assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            } finally {
                process.destroyForcibly();
            }
            assertThat(athena.requests("StopQueryExecution")).hasSize(1);
        }
    }
}
