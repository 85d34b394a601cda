package io.tributary.serving;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.schema.ColumnType;
import io.tributary.view.Origin;
import io.tributary.view.Row;
import io.tributary.view.ViewColumn;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AnswerFormatTest {
    private static final List<ViewColumn> COLUMNS = List.of(
            new ViewColumn("division", ColumnType.text()),
            new ViewColumn("mount", ColumnType.decimal(18, 2)),
            new ViewColumn("cnt", ColumnType.longInteger()),
            new ViewColumn("open", ColumnType.bool()));
    private static final List<List<@Nullable Object>> ROWS = List.of(
            Arrays.asList("담배, \"all\"", new BigDecimal("1000.50"), 3L, true),
            Arrays.asList(null, new BigDecimal("-7.00"), 0L, null));

    private static String text(AnswerFormat format, List<List<@Nullable Object>> rows) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        format.write(COLUMNS, rows, out);
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void csvHasAHeaderAndALineForEachRow() throws IOException {
        assertThat(text(AnswerFormat.CSV, ROWS))
                .isEqualTo("division,mount,cnt,open\r\n\"담배, \"\"all\"\"\",1000.5,3,true\r\n,-7.0,0,\r\n");
    }

    @Test
    void jsonHasNumbersAndTruthValuesAsTheyAre() throws IOException {
        assertThat(text(AnswerFormat.JSON, ROWS)).isEqualToNormalizingNewlines("""
                [ {
                  "division" : "담배, \\"all\\"",
                  "mount" : 1000.5,
                  "cnt" : 3,
                  "open" : true
                }, {
                  "division" : null,
                  "mount" : -7.0,
                  "cnt" : 0,
                  "open" : null
                } ]
                """);
    }

    @Test
    void withoutRowsThereAreTheHeaderAndAnEmptyArray() throws IOException {
        assertThat(text(AnswerFormat.CSV, List.of())).isEqualTo("division,mount,cnt,open\r\n");
        assertThat(text(AnswerFormat.JSON, List.of())).isEqualTo("[ ]\n");
    }

    /** So that a caller can write more into it. */
    private static final class OpenStream extends ByteArrayOutputStream {
        private boolean closed;

        @Override
        public void close() {
            closed = true;
        }
    }

    @Test
    void theStreamOfAnAnswerStaysOpen() throws IOException {
        Row row = new Row(null, ROWS.get(0).subList(0, 1), 1, ROWS.get(0).subList(1, 4), 0);
        Coverage coverage =
                new Coverage(Instant.MIN, Optional.empty(), Optional.empty(), false, List.of(), Optional.empty());
        Answer answer = new Answer(COLUMNS, List.of(row), List.of(Origin.SPEED), Optional.empty(), coverage);
        for (AnswerFormat format : AnswerFormat.values()) {
            OpenStream out = new OpenStream();
            format.write(answer, out);
            assertThat(out.closed).isFalse();
            assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo(text(format, ROWS.subList(0, 1)));
        }
    }
}
