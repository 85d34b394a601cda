package io.tributary.examples.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What would do nothing is refused, and what cannot be, before anything is opened. */
class UsageTest {
    @TempDir
    private Path work;

    private Captured run(String line) {
        return Captured.run(line.strip().replace("DIR", work.toString()).split(" ", -1));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "batch seal 2023-09-07T05 --lake DIR --views v | Unknown options: '--views', 'v'",
                "batch seal 2023-09-07T05 --lake DIR --firehose-lag PT1M | Unknown options: '--firehose-lag', 'PT1M'",
                "batch seal 2023-09-07T05 | Invalid options: no lake is given (give --lake for a local lake, or --bucket",
                "batch seal 2023-09-07T05 --bucket b --lake DIR | Invalid options: two lakes are given",
                "batch seal 2023-09-07T05 --bucket b --location s3://b/c --region-name r | Invalid options: --bucket and --location (give",
                "batch refresh --database shop | Missing required option: '--bucket=NAME'",
                "batch refresh --bucket lake --region-name r | Missing required option: '--database=NAME'",
                "batch refresh --lake DIR --workgroup w | Cannot use --workgroup without --database (DuckDB reads",
                "reconcile --lake DIR --output-location s3://b/c/ | Cannot use --output-location without --database (",
                "compact --lake DIR --max-scanned-bytes 5 | Cannot use --max-scanned-bytes without --database (",
                "compact --bucket lake --table t | Cannot use --table without --database (",
                "compact --bucket b --endpoint-url http://localhost:1 | Cannot use --endpoint-url without --database (it is Athena's;",
                "compact --lake DIR --s3-endpoint-url http://localhost:1 | Cannot use --s3-endpoint-url with --lake (",
                "batch rebuild --lake DIR --endpoint-url http://localhost:1 | Cannot use --endpoint-url with --lake (",
                "reconcile --lake DIR --region-name r | Cannot use --region-name with --lake (",
                "batch seal 2023-09-07T05 --lake DIR --region-name r | Cannot use --region-name with --lake (",
                "batch seal 2023-09-07T05 --bucket b --endpoint-url http://localhost:1 | Unknown options: '--endpoint-url', 'http://localhost:1'",
                "reconcile --lake DIR --token-file f | Cannot use --token-file without --served (",
                "reconcile --lake DIR --views v --served http://localhost:1 | Cannot use --views with --served (",
                "reconcile --lake DIR --served localhost:8080 | Invalid value for option '--served': localhost:8080 (must",
            })
    void refusesWhatDoesNothing(String line, String reason) {
        Captured captured = run(line);

        assertThat(captured.code()).as(captured.err()).isEqualTo(2);
        assertThat(captured.err()).startsWith("tributary: " + reason).hasLineCount(2);
    }

    @Test
    void aLabComparesNoFilesOfARunBefore() throws IOException {
        Path file = Files.createFile(work.resolve("part-0"));

        for (Path out : List.of(work, file)) {
            Captured captured = run("lab 6-to-files --sql --count 1 --out " + out);

            assertThat(captured.code()).isEqualTo(2);
            assertThat(captured.err())
                    .startsWith("tributary: Invalid --out: %s (must be an empty directory".formatted(out));
        }
    }
}
