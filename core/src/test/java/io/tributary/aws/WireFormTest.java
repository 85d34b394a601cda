package io.tributary.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.codec.JsonLines;
import io.tributary.schema.Column;
import io.tributary.schema.Schema;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WireFormTest {
    /** A record with nothing in it, as its only column may be absent. */
    record Note(@Nullable String text) {}

    private static final Column<Note, String> TEXT =
            Column.text("text", Note::text).optional();
    private static final Schema<Note> SCHEMA = Schema.of("note", Note.class, TEXT);

    @Test
    void writesTheRecordAsItsSchemaDoes() {
        assertThat(text(WireForm.json(SCHEMA, note -> "k"), new Note("담배"))).isEqualTo("{\"text\":\"담배\"}\n");
    }

    @Test
    void addsTheIdAsTheLastField() {
        WireForm<Note> form = WireForm.identifiedJson(SCHEMA, note -> "k", note -> "a\"1");
        assertThat(text(form, new Note("담배"))).isEqualTo("{\"text\":\"담배\",\"record_id\":\"a\\\"1\"}\n");
        assertThat(text(form, new Note(null))).isEqualTo("{\"record_id\":\"a\\\"1\"}\n");
    }

    @Property(tries = 200)
    void readersFindTheIdAndTheSameRecord(@ForAll String content, @ForAll String id) {
        Note note = new Note(wellFormed(content));
        byte[] line = WireForm.identifiedJson(SCHEMA, row -> "k", row -> wellFormed(id))
                .encode(note);
        assertThat(JsonLines.of(SCHEMA).decode(line).orElseThrow()).isEqualTo(note);
        assertThat(Deduplicator.idOf(line)).contains(wellFormed(id));
    }

    private static String wellFormed(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8).replace("\0", "");
    }

    @Test
    void makesUpAnIdForEachRecord() {
        WireForm<Note> form = WireForm.identifiedJson(SCHEMA, note -> "k");
        Optional<String> first = Deduplicator.idOf(form.encode(new Note("a")));
        assertThat(first).isPresent().isNotEqualTo(Deduplicator.idOf(form.encode(new Note("a"))));
    }

    @Test
    void refusesASchemaThatHasAColumnOfThatName() {
        Schema<Note> clash = Schema.of("note", Note.class, Column.text("record_id", Note::text));
        assertThatThrownBy(() -> WireForm.identifiedJson(clash, note -> "k", note -> "1"))
                .hasMessage("Invalid schema note: it has a column record_id (take the form without ids)");
    }

    @Test
    void findsNoIdWhereThereIsNone() {
        for (String line : List.of("", "{}", "[1]", "{\"record_id\":1}", "{\"a\":{\"record_id\":\"x\"}}", "{\"a\"")) {
            assertThat(Deduplicator.idOf(line.getBytes(StandardCharsets.UTF_8)))
                    .as(line)
                    .isEmpty();
        }
    }

    @Property(tries = 200)
    void removesDuplicatesWithinWhatItRemembers(@ForAll List<@IntRange(min = 0, max = 9) Integer> ids) {
        Deduplicator deduplicator = Deduplicator.remembering(10);
        List<Integer> left = new ArrayList<>();
        for (Integer id : ids) {
            if (deduplicator.isFirst("" + id)) {
                left.add(id);
            }
        }
        assertThat(left).isEqualTo(ids.stream().distinct().toList());
    }

    @Test
    void forgetsTheIdThatWasSeenLongestAgo() {
        Deduplicator deduplicator = Deduplicator.remembering(2);
        List<Boolean> first = List.of("a", "b", "a", "c", "b", "c").stream()
                .map(deduplicator::isFirst)
                .toList();
        assertThat(first).containsExactly(true, true, false, true, true, false);
    }

    private static String text(WireForm<Note> form, Note note) {
        return new String(form.encode(note), StandardCharsets.UTF_8);
    }
}
