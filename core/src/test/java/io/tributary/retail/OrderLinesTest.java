package io.tributary.retail;

import static io.tributary.retail.RetailRecords.ENRICHED;
import static io.tributary.retail.RetailRecords.EVENT_TIME;
import static io.tributary.retail.RetailRecords.ORDER;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.codec.JsonLines;
import io.tributary.schema.InvalidValueException;
import io.tributary.schema.Outcome;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Order lines as the workshop's senders write them, and as faulty ones do. */
class OrderLinesTest {
    private static final JsonLines<EnrichedOrder> LINES = JsonLines.of(EnrichedOrder.SCHEMA);

    /** As Python's json.dumps writes it: spaces, escapes, another order of fields. */
    private static final String FROM_PYTHON = """
            {"product_cd": "8801234567890", "tr_date": "2015-01-02", "tr_time": "20", "store_cd": "S001", \
            "store_name": "\\uac15\\ub0a8\\uc810", "pos_num": "01", "receipt_num": "0042", "qty": 2, "mount": 1000.0, \
            "tr_datetime": "2015-01-02T20:45:22", "division_cd": "01", "division_name": "\\uc2dd\\ud488", \
            "maincategory_cd": "0101", "maincategory_name": "\\uc74c\\ub8cc", "subcategory_cd": "010101", \
            "subcategory_name": "\\ud0c4\\uc0b0\\uc74c\\ub8cc, \\uce94", "product_name": "\\uc0ac\\uc774\\ub2e4 \\"\\uc81c\\ub85c\\"", \
            "is_pb": "N", "event_time": "2023-09-07T04:33:10.472585"}
            """;

    private static Outcome<EnrichedOrder> read(String line) {
        return LINES.decode(line.getBytes(UTF_8));
    }

    @Test
    void readsWhatPythonWrites() {
        assertThat(read(FROM_PYTHON)).isEqualTo(Outcome.accepted(ENRICHED));
    }

    @Test
    void readsPaddedHoursAndTimesWithoutFraction() {
        EnrichedOrder order = read(FROM_PYTHON
                        .replace("\"tr_time\": \"20\"", "\"tr_time\": \"09\"")
                        .replace("04:33:10.472585", "04:33:10"))
                .orElseThrow();
        assertThat(order.hour()).isEqualTo(9);
        assertThat(order.eventTime()).isEqualTo(Instant.parse("2023-09-07T04:33:10Z"));
    }

    @Test
    void takesARefundForAnOrder() {
        EnrichedOrder refund = read(FROM_PYTHON
                        .replace("\"qty\": 2", "\"qty\": -2")
                        .replace("1000.0", "-1000.0"))
                .orElseThrow();
        assertThat(refund.quantity()).isEqualTo(-2);
        assertThat(refund.amount()).isEqualTo(new BigDecimal("-1000.00"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"qty\": 2 | \"qty\": \"2\" | qty: \"2\": must be a JSON number",
                "\"qty\": 2 | \"qty\": 2.5 | qty: 2.5: must be an integer from -2147483648 to 2147483647",
                "\"qty\": 2, | `` | qty: is missing",
                "1000.0 | NaN | mount: NaN: must be a number of at most 16 digits before the point and 2 behind it",
                "1000.0 | 1e300 | mount: 1e300: must be a number of at most 16 digits before the point and 2 behind it",
                "1000.0 | null | mount: null: must be a value, as the field is required",
                "\"tr_time\": \"20\" | \"tr_time\": 20 | tr_time: 20: must be a JSON string",
                "\"tr_time\": \"20\" | \"tr_time\": \"24\" | tr_time: 24: must be an hour from 0 to 23",
                "2015-01-02\" | 2015-02-30\" | tr_date: 2015-02-30: must be a day of the calendar as yyyy-MM-dd",
                "\"8801234567890\" | 8801234567890 | product_cd: 8801234567890: must be a JSON string",
                "\"N\" | \"n\" | is_pb: n: must be Y or N",
                "472585 | 472585Z | event_time: 2023-09-07T04:33:10.472585Z: must be a time as yyyy-MM-ddTHH:mm:ss "
                        + "with at most 6 fraction digits and no zone",
            })
    void saysWhatIsWrongWithALine(String part, String wrong, String message) {
        assertThat(read(FROM_PYTHON.replace(part, wrong)))
                .isInstanceOfSatisfying(
                        Outcome.Rejected.class,
                        rejected -> assertThat(rejected.rejection()).hasToString(message));
    }

    @Test
    void cannotBeMadeWithValuesThatHaveNoWireForm() {
        assertThatThrownBy(() -> order(24, "1")).isInstanceOf(InvalidValueException.class);
        assertThatThrownBy(() -> order(3, "0.001")).isInstanceOf(InvalidValueException.class);
        assertThatThrownBy(() -> EnrichedOrder.withoutProduct(ORDER, Instant.MAX))
                .isInstanceOf(InvalidValueException.class);
        assertThat(order(3, "1E+3").amount()).isEqualTo(new BigDecimal("1000.00"));
        assertThat(EnrichedOrder.withoutProduct(ORDER, EVENT_TIME.plusNanos(999)))
                .isEqualTo(EnrichedOrder.withoutProduct(ORDER, EVENT_TIME));
    }

    private static TransactionOrder order(int hour, String amount) {
        LocalDate day = LocalDate.of(2015, 1, 2);
        LocalDateTime time = day.atTime(3, 4, 5);
        return new TransactionOrder(day, hour, "S", "store", "1", "2", "3", 1, new BigDecimal(amount), time);
    }
}
