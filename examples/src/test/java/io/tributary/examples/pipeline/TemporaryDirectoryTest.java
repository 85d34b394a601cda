package io.tributary.examples.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class TemporaryDirectoryTest {
    @Test
    void isGoneAfterUse() throws IOException {
        TemporaryDirectory directory = TemporaryDirectory.create();
        Files.createFile(
                Files.createDirectories(directory.path().resolve("a/b")).resolve("c"));
        directory.close();
        directory.close();
        assertThat(directory.path()).doesNotExist();
    }

    /** As when the process is told to stop amidst its work. */
    @Test
    void othersMayStillWorkInIt() throws Exception {
        TemporaryDirectory directory = TemporaryDirectory.create();
        AtomicBoolean ended = new AtomicBoolean();
        Thread work = new Thread(() -> {
            while (!ended.get()) {
                try {
                    Path nested = Files.createDirectories(directory.path().resolve("a/b/c"));
                    Files.delete(nested);
                    Files.delete(nested.getParent());
                } catch (IOException e) {
                    // It was deleted by the other.
                }
            }
        });
        work.start();
        for (int i = 0; i < 300; i++) {
            directory.close();
        }
        ended.set(true);
        work.join();
        directory.close();
        assertThat(directory.path()).doesNotExist();
    }
}
