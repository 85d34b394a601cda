package io.tributary.examples.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is refused before anything is opened. */
class ServeCommandTest {
    @TempDir
    private Path directory;

    @Test
    void aHostThatOthersReachNeedsAToken() {
        assertRefused(
                2, "Invalid --host: 0.0.0.0 (other machines reach it; give --token-file, too)", "--host", "0.0.0.0");
        assertRefused(
                2,
                "Invalid --host: no.such.invalid (must be an address of this machine, such as 127.0.0.1)",
                "--host",
                "no.such.invalid");
    }

    @Test
    void aTokenIsReadAndNotShown() throws IOException {
        Path missing = directory.resolve("missing");
        assertRefused(
                1,
                "Cannot read the token in %s (give a file of one line of text)".formatted(missing),
                "--token-file",
                missing.toString());
        Path shortToken = Files.writeString(directory.resolve("token"), "hush\n");
        assertRefused(
                2,
                "Invalid token: it is not shown (must be at least 16 visible ASCII characters)",
                "--token-file",
                shortToken.toString());
    }

    @Test
    void aTokenOfSeveralLinesIsNotShown() throws IOException {
        Path file = Files.writeString(directory.resolve("token"), "0123456789abcdef\nsecret\n");
        Captured captured = Captured.run(
                "reconcile",
                "daily-sales",
                "--lake",
                directory.toString(),
                "--served",
                "http://localhost:1",
                "--token-file",
                file.toString());

        assertThat(captured.code()).isEqualTo(1);
        assertThat(captured.text())
                .contains("Invalid token in %s: it has blanks, ".formatted(file))
                .doesNotContain("0123456789abcdef", "secret");
    }

    @Test
    void numbersHaveLimits() {
        assertRefused(2, "Invalid --refresh: PT0S (must be at least PT0.001S)", "--refresh", "PT0S");
        assertRefused(2, "Invalid port: 70000 (must be from 0 to 65535)", "--port", "70000");
    }

    @Test
    void snapshotsInADirectoryAskNoS3() {
        assertRefused(
                2,
                "Cannot use --s3-endpoint-url with --views DIR (no S3 is asked then; leave it out)",
                "--s3-endpoint-url",
                "http://localhost:9090");
    }

    private void assertRefused(int code, String line, String... options) {
        List<String> required = List.of("serve", "--speed-table-name", "speed", "--views", directory.toString());
        Captured captured = Captured.run(
                Stream.concat(required.stream(), Stream.of(options)).toArray(String[]::new));

        assertThat(captured.code()).as(captured.text()).isEqualTo(code);
        assertThat(captured.text().lines().findFirst()).hasValue("tributary: " + line);
    }
}
