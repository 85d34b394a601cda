package io.tributary.examples.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is wrong with the options of the library is told before anything is opened. */
class LibraryOptionsTest {
    @TempDir
    private Path directory;

    private Captured serve(String... options) {
        List<String> arguments =
                new ArrayList<>(List.of("serve", "--speed-table-name", "speed", "--views", directory.toString()));
        arguments.addAll(List.of(options));
        return Captured.run(arguments.toArray(String[]::new));
    }

    private String file(String text) throws IOException {
        return Files.writeString(directory.resolve("tributary.properties"), text)
                .toString();
    }

    @Test
    void allThatIsWrongIsToldInALineEach() throws IOException {
        Captured captured = serve("--config", file("http.prot = 80\nhttp.maxRows = 0\npublisher.requests = 99\n"));

        assertThat(captured.text().lines())
                .containsExactly(
                        "tributary: Invalid publisher.requests: 99 (must be from 1 to 50)",
                        "tributary: Invalid http.maxRows: 0 (must be from 1 to 1000000)",
                        "tributary: Invalid http.prot: unknown (did you mean http.port?)",
                        "Try 'tributary serve --help'.");
        assertThat(captured.code()).isEqualTo(2);
    }

    @Test
    void aFileThatIsNotThereIsAFailure() {
        Path missing = directory.resolve("missing");

        Captured captured = serve("--config", missing.toString());

        assertThat(captured.text().lines())
                .containsExactly(
                        "tributary: Cannot read the options in %s (give a properties file)".formatted(missing));
        assertThat(captured.code()).isEqualTo(1);
    }

    @Test
    void aFileThatHasAKeyTwiceIsRefused() throws IOException {
        String file = file("http.port = 1\nhttp.port = 2\n");

        Captured captured = serve("--config", file);

        assertThat(captured.text())
                .startsWith("tributary: Invalid http.port: twice in %s (give it once)".formatted(file));
        assertThat(captured.code()).isEqualTo(2);
    }

    @Test
    void whatIsSetGoesBeforeTheFileAndTheCommandsOwnOptionsBeforeBoth() throws IOException {
        String file = file("http.host = 192.0.2.1\n");

        assertThat(serve("--config", file).text())
                .startsWith(
                        "tributary: Invalid http.host: 192.0.2.1 (other machines reach it; give --token-file, too)");
        assertThat(serve("--config", file, "--set", "http.host=192.0.2.2").text())
                .startsWith("tributary: Invalid http.host: 192.0.2.2 ");
        assertThat(serve("--config", file, "--set", "http.host=192.0.2.2", "--host", "192.0.2.3")
                        .text())
                .startsWith("tributary: Invalid --host: 192.0.2.3 ");
    }

    @Test
    void aSecretIsNotTakenFromTheCommandLine() {
        Captured captured = serve("--set", "http.token=0123456789abcdef");

        assertThat(captured.text())
                .startsWith(
                        "tributary: Invalid --set: http.token is a secret, which others see in the list of processes"
                                + " (put it into a file, and give that by --config)")
                .doesNotContain("0123456789abcdef");
        assertThat(captured.code()).isEqualTo(2);
    }

    @Test
    void aSecretIsNotShown() throws IOException {
        Captured captured = serve("--config", file("http.token = hush-hush\nhttp.tokn = hush-hush\n"));

        assertThat(captured.text())
                .contains(
                        "Invalid http.token: it is not shown", "Invalid http.tokn: unknown (did you mean http.token?)")
                .doesNotContain("hush");
        assertThat(captured.code()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "import-products --dynamodb-table-name products --region-name eu-west-1",
                "generate-orders --dynamodb-table-name products --stream-name orders --region-name eu-west-1",
                "ingest --orders none.csv --products none.csv --lake none",
                "query daily --lake DIRECTORY",
                "compact --lake DIRECTORY",
                "create-table --database shop --bucket orders --region-name eu-west-1",
                "run-query daily --database shop --region-name eu-west-1",
                "build-batch-views --database shop --bucket orders --region-name eu-west-1",
                "batch refresh --lake DIRECTORY",
                "batch rebuild --lake DIRECTORY",
                "reconcile --lake DIRECTORY",
                "run-speed-job --stream-name orders --lake s3://orders/ --speed-table-name speed",
                "serve --speed-table-name speed --views DIRECTORY",
            })
    void eachCommandRefusesAnUnknownOption(String command) {
        Captured captured = Captured.run(
                (command.replace("DIRECTORY", directory.toString()) + " --set cache.maxsize=5").split(" ", -1));

        assertThat(captured.text())
                .startsWith("tributary: Invalid cache.maxsize: unknown (did you mean cache.maxSize?)");
        assertThat(captured.code()).isEqualTo(2);
    }
}
