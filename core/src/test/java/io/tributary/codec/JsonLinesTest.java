package io.tributary.codec;

import static io.tributary.retail.RetailRecords.ENRICHED;
import static io.tributary.retail.RetailRecords.EVENT_TIME;
import static io.tributary.retail.RetailRecords.ORDER;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.retail.EnrichedOrder;
import io.tributary.retail.RetailRecords;
import io.tributary.schema.Column;
import io.tributary.schema.ColumnType;
import io.tributary.schema.Outcome;
import io.tributary.schema.Rejection;
import io.tributary.schema.Schema;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonLinesTest {
    private static final JsonLines<EnrichedOrder> ORDERS = JsonLines.of(EnrichedOrder.SCHEMA);
    private static final JsonLines<Amount> AMOUNTS = JsonLines.of(Amount.SCHEMA);

    record Amount(
            String id,
            BigDecimal price,
            @Nullable Integer pieces,
            @Nullable Double weight,
            boolean open) {
        static final Schema<Amount> SCHEMA = Schema.of(
                "amount",
                Amount.class,
                Column.text("id", Amount::id),
                Column.decimal("price", 18, 2, Amount::price),
                Column.integer("pieces", Amount::pieces).optional(),
                Column.of("weight", ColumnType.doublePrecision(), Amount::weight)
                        .optional(),
                Column.of("open", ColumnType.bool(), Amount::open));

        Amount {
            if (id.equals("refused")) {
                throw new IllegalStateException("Cannot open this one");
            }
        }
    }

    private static Rejection rejection(String line) {
        Outcome<Amount> outcome = AMOUNTS.decode(line.getBytes(UTF_8));
        assertThat(outcome).isInstanceOf(Outcome.Rejected.class);
        Outcome.Rejected<Amount> rejected = (Outcome.Rejected<Amount>) outcome;
        assertThat(rejected.input()).isEqualTo(line);
        return rejected.rejection();
    }

    /** A number of few digits may be written with many. */
    @Test
    void whatIsReadCanBeWritten() {
        for (JsonLines<Amount> format : List.of(AMOUNTS, AMOUNTS.escaped())) {
            String shortest = "{\"id\":\"%s\",\"price\":1e15,\"open\":true}";
            int room = JsonLines.MAX_LINE_BYTES - shortest.formatted("").length();
            byte[] longest = shortest.formatted("x".repeat(room)).getBytes(UTF_8);
            assertThat(format.decode(longest))
                    .isInstanceOfSatisfying(
                            Outcome.Rejected.class,
                            rejected -> assertThat(rejected.rejection())
                                    .hasToString(
                                            "Cannot encode a record of 1048590 bytes (a line has at most 1048576)"));
            byte[] shorter = shortest.formatted("x".repeat(room - 14)).getBytes(UTF_8);
            assertThat(format.decode(shorter))
                    .isInstanceOfSatisfying(
                            Outcome.Accepted.class,
                            accepted -> assertThat(format.encode((Amount) accepted.value()))
                                    .hasSize(JsonLines.MAX_LINE_BYTES + 1));
        }
        byte[] korean = "{\"id\":\"%s\",\"price\":1,\"open\":true}"
                .formatted("가".repeat(300_000))
                .getBytes(UTF_8);
        assertThat(AMOUNTS.decode(korean)).isInstanceOf(Outcome.Accepted.class);
        assertThat(AMOUNTS.escaped().decode(korean)).isInstanceOf(Outcome.Rejected.class);
    }

    @Test
    void writesAnOrderAsOnTheStream() {
        assertThat(new String(ORDERS.encode(ENRICHED), UTF_8))
                .isEqualTo(
                        "{\"tr_date\":\"2015-01-02\",\"tr_time\":\"20\",\"store_cd\":\"S001\",\"store_name\":\"강남점\","
                                + "\"pos_num\":\"01\",\"receipt_num\":\"0042\",\"product_cd\":\"8801234567890\",\"qty\":2,"
                                + "\"mount\":1000.0,\"division_cd\":\"01\",\"division_name\":\"식품\","
                                + "\"maincategory_cd\":\"0101\",\"maincategory_name\":\"음료\",\"subcategory_cd\":\"010101\","
                                + "\"subcategory_name\":\"탄산음료, 캔\",\"product_name\":\"사이다 \\\"제로\\\"\",\"is_pb\":\"N\","
                                + "\"tr_datetime\":\"2015-01-02T20:45:22\",\"event_time\":\"2023-09-07T04:33:10.472585\"}\n");
    }

    @Test
    void leavesOutWhatIsAbsentAndEscapesOnRequest() {
        byte[] line = ORDERS.escaped().encode(EnrichedOrder.withoutProduct(ORDER, EVENT_TIME));

        assertThat(new String(line, US_ASCII))
                .isEqualTo("{\"tr_date\":\"2015-01-02\",\"tr_time\":\"20\",\"store_cd\":\"S001\","
                        + "\"store_name\":\"\\uAC15\\uB0A8\\uC810\",\"pos_num\":\"01\",\"receipt_num\":\"0042\","
                        + "\"product_cd\":\"8801234567890\",\"qty\":2,\"mount\":1000.0,"
                        + "\"tr_datetime\":\"2015-01-02T20:45:22\",\"event_time\":\"2023-09-07T04:33:10.472585\"}\n");
    }

    record Sale(int pieces, BigDecimal amount) {
        static final Schema<Sale> SCHEMA = Schema.of(
                "transaction_order",
                Sale.class,
                EnrichedOrder.QTY.in(Sale::pieces),
                EnrichedOrder.MOUNT.in(Sale::amount));
    }

    @Test
    void readsSomeColumnsOfALargerRecord() {
        assertThat(JsonLines.of(Sale.SCHEMA).decode(ORDERS.encode(ENRICHED)).orElseThrow())
                .isEqualTo(new Sale(2, new BigDecimal("1000.00")));
    }

    /** Some of the fields, and unknown ones, in any order. */
    @Provide
    Arbitrary<List<String>> linesOfFields() {
        return Combinators.combine(
                        Arbitraries.shuffle("id", "price", "pieces", "weight", "open", "x", "y", "z"),
                        Arbitraries.integers().between(0, 8))
                .as((fields, count) -> fields.subList(0, count).stream()
                        .map(JsonLinesTest::field)
                        .collect(joining(",", "{", "}")))
                .list()
                .ofSize(4);
    }

    private static String field(String name) {
        return "\"" + name + "\":"
                + switch (name) {
                    case "id" -> "\"a\"";
                    case "open" -> "true";
                    case "x" -> "{\"price\":2}";
                    default -> "1";
                };
    }

    @Property
    void readsALineAlikeWhateverTheOrderOfTheFieldsBefore(@ForAll("linesOfFields") List<String> lines) {
        JsonLines<Amount> reused = JsonLines.of(Amount.SCHEMA);
        assertThat(lines)
                .allSatisfy(line -> assertThat(reused.decode(line.getBytes(UTF_8)))
                        .isEqualTo(JsonLines.of(Amount.SCHEMA).decode(line.getBytes(UTF_8))));
    }

    @Property(tries = 300)
    void readsBackWhatItWrote(@ForAll("orders") EnrichedOrder order) {
        assertThat(ORDERS.decode(ORDERS.encode(order)).orElseThrow()).isEqualTo(order);
    }

    @Property(tries = 300)
    void readsBackWhatItWroteEscaped(@ForAll("orders") EnrichedOrder order) {
        byte[] line = ORDERS.escaped().encode(order);
        assertThat(new String(line, UTF_8)).matches("\\p{ASCII}*\n");
        assertThat(ORDERS.decode(line).orElseThrow()).isEqualTo(order);
    }

    @Provide
    Arbitrary<EnrichedOrder> orders() {
        return RetailRecords.enrichedOrders();
    }

    @ParameterizedTest
    @CsvSource({
        "1000,1000.0",
        "12.5,12.5",
        "0.25,0.25",
        "0,0.0",
        "-0.10,-0.1",
        "1E+3,1000.0",
        "9999999999999999.99,9999999999999999.99"
    })
    void writesDecimalsPlainlyWithAFractionDigit(BigDecimal price, String expected) {
        assertThat(new String(AMOUNTS.encode(new Amount("a", price, null, null, true)), UTF_8))
                .isEqualTo("{\"id\":\"a\",\"price\":" + expected + ",\"open\":true}\n");
    }

    @ParameterizedTest
    @CsvSource({
        "1000,1000.00",
        "1000.0,1000.00",
        "1e3,1000.00",
        "9007199254740993.1,9007199254740993.10",
        "-0.01,-0.01",
        "0e999999999,0.00",
        "0.1000000000000000000000000000000,0.10"
    })
    void readsDecimalsExactly(String written, BigDecimal price) {
        assertThat(AMOUNTS.decode(("{\"id\":\"a\",\"price\":" + written + ",\"open\":true}").getBytes(UTF_8)))
                .isEqualTo(Outcome.accepted(new Amount("a", price, null, null, true)));
    }

    @Test
    void passesUnknownFieldsByWhateverTheyHold() {
        String line =
                "{\"x\":{\"price\":[1,{\"id\":null}],\"id\":\"b\"},\"y\":[[],{}],\"z\":NaN,\"big\":1e999999999,\"id\":\"a\","
                        + "\"price\":1,\"weight\":null,\"open\":false,\"n\":null}";
        assertThat(AMOUNTS.decode(line.getBytes(UTF_8)).orElseThrow())
                .isEqualTo(new Amount("a", new BigDecimal("1.00"), null, null, false));
    }

    @Test
    void readsEscapedSurrogatePairs() {
        assertThat(AMOUNTS.decode("{\"id\":\"\\ud83c\\udf59\",\"price\":1,\"open\":true}".getBytes(UTF_8))
                        .orElseThrow()
                        .id())
                .isEqualTo("🍙");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                // value of price | shown | reason
                "NaN | NaN | must be a number of at most 16 digits before the point and 2 behind it",
                "-Infinity | -Infinity | must be a number of at most 16 digits before the point and 2 behind it",
                "1e999999999 | 1e999999999 | must be a number of at most 16 digits before the point and 2 behind it",
                "1e99999999999 | 1e99999999999 | must be a number of at most 16 digits before the point and 2 behind it",
                "0.001 | 0.001 | must be a number of at most 16 digits before the point and 2 behind it",
                "10000000000000000 | 10000000000000000 | must be a number of at most 16 digits before the point and 2 behind it",
                "\"12\" | \"12\" | must be a JSON number",
                "true | true | must be a JSON number",
                "{\"a\":1} | {…} | must be a JSON number",
                "[] | […] | must be a JSON number",
                "null | null | must be a value, as the field is required",
            })
    void rejectsAnIllTypedFieldByItsName(String price, String shown, String reason) {
        assertThat(rejection("{\"id\":\"a\",\"price\":" + price + ",\"open\":true}"))
                .isEqualTo(new Rejection(0, "price", shown, reason));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"id\":7} | id: 7: must be a JSON string",
                "{\"id\":\"a\\u0000\"} | id: a\\u0000: must be text without a NUL character",
                "{\"id\":\"\\ud83c\"} | id: \\ud83c: must be text without half a surrogate pair, which UTF-8 cannot hold",
                "{\"pieces\":1.0} | pieces: 1.0: must be an integer from -2147483648 to 2147483647",
                "{\"pieces\":2147483648} | pieces: 2147483648: must be an integer from -2147483648 to 2147483647",
                "{\"weight\":1e400} | weight: Infinity: must be a finite number",
                "{\"open\":1} | open: 1: must be true or false",
                "{\"open\":\"true\"} | open: \"true\": must be true or false",
                "{\"id\":\"a\",\"id\":\"a\"} | id: appears twice",
                "{\"pieces\":null,\"pieces\":null} | pieces: appears twice",
                "{} | id: is missing, as are price, open",
                "{\"id\":\"a\",\"open\":true} | price: is missing",
                "{\"id\":\"refused\",\"price\":1,\"open\":true} | Cannot open this one",
            })
    void saysWhatIsWrongWithARecord(String line, String message) {
        assertThat(rejection(line)).hasToString(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`` | must be one JSON object: it is none",
                "[] | must be one JSON object: it is none",
                "12 | must be one JSON object: it is none",
                "{\"id\":\"a\",\"price\":1,\"open\":true}{} | must be one JSON object: more follows at byte 33",
                "{\"id\":\"a\",\"price\":1,\"open\":true} {} | must be one JSON object: more follows at byte 34",
                "{\"id\":\"a\",\"price\":1,\"open\":true} x | must be one JSON object: Unrecognized token 'x'",
                "{\"id\":\"a | id: must be one JSON object: Unexpected end-of-input in VALUE_STRING at byte 9",
                "{\"price\":01} | price: must be one JSON object: Invalid numeric value: Leading zeroes not allowed",
                "{'id':1} | must be one JSON object: Unexpected character (''' (code 39))",
                "garbage | must be one JSON object: Unrecognized token 'garbage'",
            })
    void rejectsWhatIsNotOneObject(String line, String message) {
        assertThat(rejection(line).toString()).startsWith(message).doesNotContain("\n", "Source");
    }

    @Test
    void rejectsInvalidUtf8EvenInFieldsThatItPassesBy() {
        byte[] line = "{\"x\":\"?\",\"id\":\"a\",\"price\":1,\"open\":true}".getBytes(UTF_8);
        line[6] = (byte) 0xB0;
        Outcome.Rejected<Amount> rejected = (Outcome.Rejected<Amount>) AMOUNTS.decode(line);
        assertThat(rejected.rejection()).hasToString("must be one JSON object: not UTF-8 at byte 7");
        assertThat(rejected.input()).startsWith("{\"x\":\"\uFFFD\"");
    }

    @Test
    void shortensLongValuesAndShowsThemInOneLine() {
        Rejection rejection = rejection("{\"price\":\"" + "긴\\n".repeat(1000) + "\"}");
        assertThat(rejection.value())
                .hasSizeLessThan(250)
                .startsWith("\"긴\\u000a긴")
                .endsWith("…");
    }

    @Test
    void readsPartOfAnArray() {
        byte[] bytes = "..{\"id\":\"a\",\"price\":1,\"open\":true}\r\n..".getBytes(UTF_8);
        assertThat(AMOUNTS.decode(bytes, 2, bytes.length - 4).orElseThrow().id())
                .isEqualTo("a");
    }

    @Test
    void refusesToWriteWhatItCouldNotRead() {
        assertThatThrownBy(() -> AMOUNTS.encode(new Amount("a\uD83C", BigDecimal.ONE, null, null, true)))
                .hasMessageStartingWith("Cannot encode id: Invalid value: a\\ud83c");
        assertThatThrownBy(() -> AMOUNTS.encode(new Amount("a", new BigDecimal("0.001"), null, null, true)))
                .hasMessageStartingWith("Cannot encode price: Invalid value: 0.001");
        assertThatThrownBy(() -> AMOUNTS.encode(new Amount("a", BigDecimal.ONE, null, Double.NaN, true)))
                .hasMessageStartingWith("Cannot encode weight: Invalid value: NaN");
        assertThatThrownBy(() -> AMOUNTS.encode(new Amount("a".repeat(1 << 20), BigDecimal.ONE, null, null, true)))
                .hasMessageStartingWith("Cannot encode a record of 1048");
    }

    @Test
    void leavesNoTraceOfARecordThatItCouldNotWrite() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (RecordWriter<Amount> writer = AMOUNTS.write(out)) {
            writer.write(new Amount("a", BigDecimal.ONE, 1, 0.5, true));
            assertThatThrownBy(() -> writer.write(new Amount("b", new BigDecimal("0.001"), null, null, true)))
                    .isInstanceOf(IllegalArgumentException.class);
            writer.write(new Amount("c", BigDecimal.TEN, -1, null, false));
            assertThat(writer.written()).isEqualTo(2);
        }
        assertThat(out.toString(UTF_8))
                .isEqualTo("{\"id\":\"a\",\"price\":1.0,\"pieces\":1,\"weight\":0.5,\"open\":true}\n"
                        + "{\"id\":\"c\",\"price\":10.0,\"pieces\":-1,\"open\":false}\n");
    }
}
