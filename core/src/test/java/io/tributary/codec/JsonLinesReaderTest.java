package io.tributary.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tributary.retail.EnrichedOrder;
import io.tributary.retail.RetailRecords;
import io.tributary.schema.Column;
import io.tributary.schema.Outcome;
import io.tributary.schema.Schema;
import io.tributary.schema.Tally;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JsonLinesReaderTest {
    private static final JsonLines<Note> NOTES = JsonLines.of(Note.SCHEMA);
    private static final int MAX = JsonLines.MAX_LINE_BYTES;

    record Note(String text) {
        static final Schema<Note> SCHEMA = Schema.of("note", Note.class, Column.text("text", Note::text));
    }

    /** Gives at most so many bytes a call, as a socket may. */
    private static final class Trickle extends ByteArrayInputStream {
        private final int most;

        Trickle(byte[] bytes, int most) {
            super(bytes);
            this.most = most;
        }

        @Override
        public synchronized int read(byte[] into, int offset, int length) {
            return super.read(into, offset, Math.min(length, most));
        }
    }

    private static List<String> read(byte[] bytes) {
        return read(new ByteArrayInputStream(bytes));
    }

    private static List<String> read(InputStream in) {
        try (RecordReader<Note> reader = NOTES.read(in)) {
            List<String> seen = new ArrayList<>();
            reader.forEachRemaining(outcome -> seen.add(
                    outcome instanceof Outcome.Rejected<Note> rejected
                            ? rejected.rejection().toString()
                            : outcome.orElseThrow().text()));
            assertThat(reader.tally().read()).isEqualTo(seen.size());
            return seen;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String line(String text) {
        return "{\"text\":\"" + text + "\"}";
    }

    /** A line of exactly so many bytes. */
    private static String lineOf(int bytes) {
        return line("x".repeat(bytes - line("").length()));
    }

    @Test
    void readsGoodAndBadLinesAndCountsBoth() throws IOException {
        String input = line("a") + "\r\n\n" + line("b") + "\n \t \nnonsense\n{}\n" + line("c");
        try (RecordReader<Note> reader = NOTES.read(new ByteArrayInputStream(input.getBytes(UTF_8)))) {
            List<String> rejections = reader.stream()
                    .flatMap(outcome ->
                            outcome instanceof Outcome.Rejected<Note> r ? Stream.of(r.rejection()) : Stream.empty())
                    .map(Object::toString)
                    .toList();
            assertThat(rejections).hasSize(2);
            assertThat(rejections.get(0)).startsWith("line 5: must be one JSON object: Unrecognized token 'nonsense'");
            assertThat(rejections.get(1)).isEqualTo("line 6: text: is missing");
            assertThat(reader.tally()).isEqualTo(new Tally(3, 2)).hasToString("read 5 = accepted 3 + rejected 2");
            assertThatThrownBy(reader::next).isInstanceOf(NoSuchElementException.class);
        }
    }

    @Test
    void findsNothingInAnEmptyInput() {
        assertThat(read(new byte[0])).isEmpty();
        assertThat(read("\n\r\n  \n".getBytes(UTF_8))).isEmpty();
        assertThat(read("\uFEFF".getBytes(UTF_8))).isEmpty();
    }

    @Test
    void toleratesAByteOrderMark() {
        assertThat(read(("\uFEFF" + line("a") + "\n" + line("b")).getBytes(UTF_8)))
                .containsExactly("a", "b");
        assertThat(read(("\uFEFF\n" + line("a")).getBytes(UTF_8))).containsExactly("a");
    }

    @Test
    void acceptsALastLineWithoutEndButNotATornOne() {
        assertThat(read(line("a").getBytes(UTF_8))).containsExactly("a");
        assertThat(read((line("a") + "\n" + "{\"text\":\"b").getBytes(UTF_8)))
                .containsExactly(
                        "a",
                        "line 2: text: is torn: the input ends within the line "
                                + "(Unexpected end-of-input in VALUE_STRING at byte 11)");
        byte[] withinACharacter = line("가").getBytes(UTF_8);
        assertThat(read(Arrays.copyOf(withinACharacter, 10)))
                .containsExactly("line 1: is torn: the input ends within the line (not UTF-8 at byte 10)");
        assertThat(read("{\"text\":\"b\n".getBytes(UTF_8)).get(0)).doesNotContain("torn");
    }

    @Test
    void everyPrefixOfALineIsTorn() {
        byte[] whole = line("가\\n🍙").getBytes(UTF_8);
        for (int length = 1; length < whole.length; length++) {
            assertThat(read(Arrays.copyOf(whole, length)))
                    .singleElement()
                    .asString()
                    .contains("is torn: the input ends within the line");
        }
    }

    @Test
    void readsALineOfTheGreatestLengthWithEachEnd() {
        String greatest = lineOf(MAX);
        List<String> texts = read((greatest + "\n" + greatest + "\r\n" + line("a") + "\n" + greatest).getBytes(UTF_8));
        assertThat(texts).hasSize(4).allMatch(text -> text.equals("a") || text.length() == MAX - line("").length());
    }

    @Test
    void rejectsALongerLineAndGoesOnBehindIt() {
        String tooLong = "line %d: is longer than 1048576 bytes";
        for (int length : new int[] {MAX + 1, MAX + 2, MAX + 65_536, 3 * MAX, 5 * MAX + 7}) {
            String input = line("a") + "\n" + lineOf(length) + "\r\n" + line("b") + "\n" + lineOf(length);
            assertThat(read(input.getBytes(UTF_8)))
                    .containsExactly("a", tooLong.formatted(2), "b", tooLong.formatted(4));
        }
    }

    @Test
    void holdsOnlyTheBeginningOfATooLongLine() {
        InputStream endless = new InputStream() {
            private long left = 100L * MAX;

            @Override
            public int read() {
                return left-- > 0 ? 'x' : -1;
            }

            @Override
            public int read(byte[] into, int offset, int length) {
                int count = (int) Math.min(length, left);
                left -= count;
                Arrays.fill(into, offset, offset + count, (byte) 'x');
                return count == 0 ? -1 : count;
            }
        };
        Outcome.Rejected<Note> rejected =
                (Outcome.Rejected<Note>) NOTES.read(endless).next();
        assertThat(rejected.input()).hasSize(MAX);
    }

    @Property(tries = 200)
    void readsTheSameHoweverTheBytesArrive(
            @ForAll("inputs") String input, @ForAll @IntRange(min = 1, max = 9) int atOnce) {
        byte[] bytes = input.getBytes(UTF_8);
        assertThat(read(new Trickle(bytes, atOnce))).isEqualTo(read(bytes));
    }

    @Provide
    Arbitrary<String> inputs() {
        return Arbitraries.of(line("a"), line("가나다"), "\n", "\n", "\r\n", "\r", "oops", "{", "\uFEFF", " ")
                .list()
                .ofMaxSize(20)
                .map(parts -> String.join("", parts));
    }

    @Test
    void growsItsBufferForLongLinesBetweenShortOnes() {
        String input = Stream.of(1, 70_000, 3, 200_000, 65_530, 65_536, 900_000, 2)
                .map(length -> line("x".repeat(length)))
                .collect(Collectors.joining("\n"));
        assertThat(read(new Trickle(input.getBytes(UTF_8), 10_007)))
                .extracting(String::length)
                .containsExactly(1, 70_000, 3, 200_000, 65_530, 65_536, 900_000, 2);
    }

    @Property(tries = 50)
    void readsBackTheStreamThatItWrote(@ForAll("orders") List<EnrichedOrder> orders) throws IOException {
        JsonLines<EnrichedOrder> format = JsonLines.of(EnrichedOrder.SCHEMA);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (RecordWriter<EnrichedOrder> writer = format.write(out)) {
            writer.writeAll(orders);
        }
        try (Stream<Outcome<EnrichedOrder>> read = format.read(new ByteArrayInputStream(out.toByteArray())).stream()) {
            assertThat(read.map(Outcome::orElseThrow)).isEqualTo(orders);
        }
    }

    @Provide
    Arbitrary<List<EnrichedOrder>> orders() {
        return RetailRecords.enrichedOrders().list().ofMaxSize(10);
    }

    @Test
    void namesTheFileThatItCannotReadOrWrite(@TempDir Path directory) throws IOException {
        Path missing = directory.resolve("missing.ndjson");
        assertThatThrownBy(() -> NOTES.read(missing))
                .isInstanceOf(IOException.class)
                .hasMessage("Cannot read %s: no such file", missing);
        assertThatThrownBy(() -> NOTES.read(directory))
                .hasMessage("Cannot read %s: it is a directory (name a file)", directory);
        assertThatThrownBy(() -> NOTES.write(directory))
                .hasMessage("Cannot write %s: it is a directory (name a file)", directory);
        assertThatThrownBy(() -> NOTES.write(missing.resolve("below")))
                .hasMessage("Cannot write %s: no such directory", missing.resolve("below"));
        Path file = directory.resolve("file.ndjson");
        Files.writeString(file, "");
        assertThatThrownBy(() -> NOTES.write(file.resolve("below")))
                .hasMessageStartingWith("Cannot write %s: ", file.resolve("below"));
    }

    @Test
    void namesTheFileWhenTheDiskIsFull() throws IOException {
        Path full = Path.of("/dev/full");
        assumeTrue(Files.exists(full));
        RecordWriter<Note> writer = NOTES.write(full);
        writer.write(new Note("a"));
        assertThatThrownBy(writer::flush)
                .isInstanceOf(IOException.class)
                .hasMessage("Cannot write /dev/full: No space left on device");
    }
}
