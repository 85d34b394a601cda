package io.tributary.batch.lake;

import static io.tributary.batch.lake.Lakes.AT_4;
import static io.tributary.batch.lake.Lakes.HOUR_4;
import static io.tributary.batch.lake.Lakes.HOUR_5;
import static io.tributary.batch.lake.Lakes.order;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.tributary.codec.JsonLines;
import io.tributary.codec.RecordReader;
import io.tributary.partition.ErrorPrefix;
import io.tributary.retail.EnrichedOrder;
import io.tributary.schema.Outcome;
import io.tributary.schema.Rejection;
import io.tributary.schema.Tally;
import io.tributary.testing.ManualClock;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LakeWriterTest {
    private static final String IN_4 = "data/stream_data/year=2023/month=09/day=07/hour=04/";
    private static final String IN_5 = "data/stream_data/year=2023/month=09/day=07/hour=05/";

    @TempDir
    private Path root;

    private final ManualClock clock = ManualClock.at("2026-01-01T00:00:00Z");

    private LakeWriter<EnrichedOrder> writer(WriterOptions options) {
        return writer(options, LakeWriter.FILE_SYSTEM);
    }

    private LakeWriter<EnrichedOrder> writer(WriterOptions options, OpenFile.Storage storage) {
        return new LakeWriter<>(Lakes.orders(root, clock), options, storage, "part-1");
    }

    private List<EnrichedOrder> read(String file) throws IOException {
        List<EnrichedOrder> rows = new ArrayList<>();
        try (RecordReader<EnrichedOrder> reader =
                JsonLines.of(EnrichedOrder.SCHEMA).read(root.resolve(file))) {
            reader.forEachRemaining(outcome -> rows.add(outcome.orElseThrow()));
        }
        return rows;
    }

    @Test
    void putsEachRecordIntoThePartitionOfItsIngestTime() throws IOException {
        try (LakeWriter<EnrichedOrder> writer = writer(WriterOptions.defaults())) {
            writer.write(order(1), HOUR_4);
            writer.write(order(2), HOUR_5);
            writer.write(order(3), HOUR_5.minusNanos(1));
        }
        assertThat(Lakes.files(root)).containsExactly(IN_4 + "part-1-000000.json", IN_5 + "part-1-000001.json");
        assertThat(read(IN_4 + "part-1-000000.json")).containsExactly(order(1), order(3));
        assertThat(read(IN_5 + "part-1-000001.json")).containsExactly(order(2));
    }

    @Test
    void showsNothingOfAFileBeforeItIsWhole() throws IOException {
        try (LakeWriter<EnrichedOrder> writer = writer(WriterOptions.defaults())) {
            writer.write(order(1), HOUR_4);
            assertThat(Lakes.files(root)).containsExactly(IN_4 + ".part-1-000000.json");
            assertThat(writer.acknowledged()).isEqualTo(Tally.ZERO);
            writer.flush();
            assertThat(Lakes.files(root)).containsExactly(IN_4 + "part-1-000000.json");
            assertThat(writer.acknowledged()).isEqualTo(new Tally(1, 0));
        }
    }

    @Test
    void endsAFileAtItsSizeAndAtItsAge() throws IOException {
        WriterOptions options = WriterOptions.defaults().withMaxBytes(600).withMaxAge(Duration.ofSeconds(10));
        try (LakeWriter<EnrichedOrder> writer = writer(options)) {
            writer.write(order(1), HOUR_4);
            assertThat(writer.acknowledged()).isEqualTo(Tally.ZERO);
            writer.write(order(2), HOUR_4);
            assertThat(writer.acknowledged()).isEqualTo(new Tally(2, 0));
            writer.write(order(3), HOUR_4);
            clock.advance(Duration.ofMillis(9_999));
            writer.write(order(4), HOUR_5);
            assertThat(writer.acknowledged()).isEqualTo(new Tally(2, 0));
            clock.advance(Duration.ofMillis(1));
            writer.rollAged();
            assertThat(writer.acknowledged()).isEqualTo(new Tally(3, 0));
        }
        assertThat(Lakes.files(root))
                .containsExactly(IN_4 + "part-1-000000.json", IN_4 + "part-1-000001.json", IN_5 + "part-1-000002.json");
    }

    @Test
    void keepsFewFilesOpenHoweverIngestTimesJump() throws IOException {
        try (LakeWriter<EnrichedOrder> writer = writer(WriterOptions.defaults())) {
            for (int hour = 0; hour < 100; hour++) {
                writer.write(order(hour), HOUR_4.plus(Duration.ofHours(hour)));
            }
            assertThat(writer.acknowledged()).isEqualTo(new Tally(36, 0));
        }
        assertThat(Lakes.files(root)).hasSize(100).noneMatch(file -> file.contains("/."));
    }

    @Test
    void twoWritersNeverShareAFile() throws IOException {
        LocalLake<EnrichedOrder> lake = Lakes.orders(root);
        for (int i = 0; i < 3; i++) {
            try (LakeWriter<EnrichedOrder> writer = lake.writer()) {
                writer.write(order(i), HOUR_4);
            }
        }
        assertThat(lake.seal(AT_4).records()).isEqualTo(3);
    }

    @Test
    void writesRejectedInputsWithTheirReasons() throws IOException {
        try (LakeWriter<EnrichedOrder> writer = writer(WriterOptions.defaults())) {
            writer.reject(
                    "processing-failed",
                    new Outcome.Rejected<>(
                            new Rejection(7, "mount", "\"x\"", "must be a JSON number"), "{\"mount\":\"x\"} 담배 \ud800"),
                    HOUR_4);
            writer.reject(
                    "unknown/../product", new Outcome.Rejected<>(new Rejection(0, null, null, "is torn"), ""), HOUR_4);
            writer.flush();
            assertThat(writer.acknowledged()).isEqualTo(new Tally(0, 2));
        }
        String prefix = "data/stream_error_data/year=2023/month=09/day=07/hour=04/";
        assertThat(Lakes.files(root))
                .containsExactly(
                        prefix + "processing-failed/part-1-000000.json",
                        prefix + "unknown%2F..%2Fproduct/part-1-000001.json");
        assertThat(root.resolve(prefix + "processing-failed/part-1-000000.json"))
                .content()
                .isEqualTo(
                        "{\"reason\":\"must be a JSON number\",\"field\":\"mount\",\"value\":\"\\\"x\\\"\",\"line\":7,"
                                + "\"ingest_time\":\"2023-09-07T04:00:00Z\",\"input\":\"{\\\"mount\\\":\\\"x\\\"} 담배 ?\"}\n");
    }

    @Test
    void rejectsLieUnderTheGivenPrefix() throws IOException {
        ErrorPrefix prefix = ErrorPrefix.parse("errors/!{timestamp:yyyy/MM/dd}/!{firehose:error-output-type}/");
        try (LakeWriter<EnrichedOrder> writer = writer(WriterOptions.defaults().withErrorPrefix(prefix))) {
            writer.reject("torn", new Outcome.Rejected<>(new Rejection(0, null, null, "is torn"), ""), HOUR_4);
        }

        assertThat(Lakes.files(root)).containsExactly("errors/2023/09/07/torn/part-1-000000.json");
    }

    @Test
    void aRecordWithoutALineLeavesTheWriterUsable() throws IOException {
        String long1 = "x".repeat(JsonLines.MAX_LINE_BYTES);
        EnrichedOrder plain = order(1);
        EnrichedOrder tooLong = new EnrichedOrder(
                plain.date(),
                1,
                long1,
                "",
                "",
                "",
                "",
                1,
                plain.amount(),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                plain.dateTime(),
                plain.eventTime());
        try (LakeWriter<EnrichedOrder> writer = writer(WriterOptions.defaults())) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> writer.write(tooLong, HOUR_4))
                    .withMessageContaining("a line has at most 1048576");
            writer.write(plain, HOUR_4);
        }
        assertThat(read(IN_4 + "part-1-000000.json")).containsExactly(plain);
    }

    @Test
    void refusesASealedPartition() throws IOException {
        LocalLake<EnrichedOrder> lake = Lakes.orders(root);
        LakeWriter<EnrichedOrder> late = lake.writer();
        late.write(order(1), HOUR_4);
        lake.seal(AT_4);
        try (LakeWriter<EnrichedOrder> writer = lake.writer()) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> writer.write(order(2), HOUR_4))
                    .withMessage("Cannot write to %s: it is sealed (give the record a later ingest time)", IN_4);
            writer.write(order(2), HOUR_5);
        }
        assertThatIllegalStateException()
                .isThrownBy(late::flush)
                .withMessageStartingWith("Cannot write to %s: it is sealed", IN_4)
                .withMessageContaining("0 records and 0 rejects are safe, 1 and 0 since then are not");
        assertThat(lake.contents(HOUR_5).records()).isZero();
    }

    @Test
    void discardsWhatItHasWrittenAndNothingElse() throws IOException {
        try (LakeWriter<EnrichedOrder> other = Lakes.orders(root).writer()) {
            other.write(order(1), HOUR_4);
        }
        List<String> before = Lakes.files(root);
        Outcome.Rejected<EnrichedOrder> torn = new Outcome.Rejected<>(new Rejection(0, null, null, "is torn"), "");
        try (LakeWriter<EnrichedOrder> writer = writer(WriterOptions.defaults())) {
            writer.write(order(2), HOUR_4);
            writer.write(order(3), HOUR_5);
            writer.reject("torn", torn, HOUR_4);
            writer.flush();
            writer.write(order(4), HOUR_4);
            writer.reject("torn", torn, HOUR_5);
            writer.discard();
            assertThat(Lakes.files(root)).isEqualTo(before);
            assertThat(root.resolve(IN_4)).exists();
            assertThat(root.resolve(IN_5)).doesNotExist();
            assertThat(root.resolve("data/stream_error_data")).doesNotExist();
            assertThatIllegalStateException().isThrownBy(() -> writer.write(order(5), HOUR_4));
        }
        assertThat(Lakes.files(root)).isEqualTo(before);
    }

    @Test
    void discardsNoLinkToADirectory(@TempDir Path elsewhere) throws IOException {
        Files.createSymbolicLink(root.resolve("data"), elsewhere);
        try (LakeWriter<EnrichedOrder> writer = writer(WriterOptions.defaults())) {
            writer.write(order(1), HOUR_4);
            writer.flush();
            writer.discard();
        }
        assertThat(root.resolve("data")).isSymbolicLink();
        assertThat(elsewhere).isEmptyDirectory();
    }

    @Test
    void discardsNothingOfASealedPartition() throws IOException {
        try (LakeWriter<EnrichedOrder> writer = writer(WriterOptions.defaults())) {
            writer.write(order(1), HOUR_4);
            writer.seal(AT_4);
            writer.write(order(2), HOUR_5);
            writer.flush();
            List<String> before = Lakes.files(root);
            assertThatIllegalStateException()
                    .isThrownBy(writer::discard)
                    .withMessageStartingWith("Cannot discard files of %s: it is sealed", IN_4);
            assertThat(Lakes.files(root)).isEqualTo(before);
        }
        assertThat(Lakes.orders(root).contents(HOUR_5).records()).isEqualTo(1);
    }

    @Test
    void aFullDiskIsOneClearErrorAndNothingHalfIsSeen() throws IOException {
        Path full = Path.of("/dev/full");
        assumeThat(full).exists();
        List<Path> created = new ArrayList<>();
        OpenFile.Storage disk = file -> {
            created.add(file);
            OutputStream real = Files.newOutputStream(file);
            return created.size() == 1
                    ? real
                    : new FilterOutputStream(Files.newOutputStream(full)) {
                        @Override
                        public void close() throws IOException {
                            real.close();
                            super.close();
                        }
                    };
        };
        LakeWriter<EnrichedOrder> writer = writer(WriterOptions.defaults(), disk);
        writer.write(order(1), HOUR_4);
        writer.flush();
        writer.write(order(2), HOUR_4);
        writer.write(order(3), HOUR_4);
        assertThatThrownBy(writer::flush)
                .isInstanceOf(IOException.class)
                .hasMessage(
                        "Cannot write %s: No space left on device; 1 records and 0 rejects are safe, 2 and 0 since then"
                                + " are not (remove the cause and send them again)",
                        root.resolve(IN_4 + "part-1-000001.json"));
        assertThat(Lakes.files(root)).containsExactly(IN_4 + "part-1-000000.json");
        assertThatIllegalStateException()
                .isThrownBy(() -> writer.write(order(4), HOUR_4))
                .withMessageContaining("closed or has failed");
        writer.close();
        assertThat(Lakes.files(root)).containsExactly(IN_4 + "part-1-000000.json");
    }

    @Test
    void aFileInThePlaceOfADirectoryIsOneClearError() throws IOException {
        Files.writeString(root.resolve("data"), "in the way");
        LakeWriter<EnrichedOrder> writer = writer(WriterOptions.defaults());
        assertThatThrownBy(() -> writer.write(order(1), HOUR_4))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("Cannot write " + root.resolve(IN_4 + "part-1-000000.json") + ": ")
                .hasMessageContaining("0 records and 0 rejects are safe, 1 and 0 since then are not");
    }

    @Test
    void checksItsOptions() {
        WriterOptions defaults = WriterOptions.defaults();
        assertThat(defaults.maxBytes()).isEqualTo(1 << 20);
        assertThat(defaults.maxAge()).isEqualTo(Duration.ofSeconds(60));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> defaults.withMaxBytes(0))
                .withMessage("Invalid maxBytes: 0 (must be from 1 to 1073741824)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> defaults.withMaxAge(Duration.ZERO))
                .withMessage("Invalid maxAge: PT0S (must be from PT0.001S to PT24H)");
        assertThatIllegalArgumentException().isThrownBy(() -> ErrorPrefix.parse("data/errors/"));
    }
}
