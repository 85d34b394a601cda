package io.tributary.codec;

import static io.tributary.retail.RetailRecords.ORDER;
import static io.tributary.retail.RetailRecords.PRODUCT;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.retail.EnrichedOrder;
import io.tributary.retail.Product;
import io.tributary.retail.RetailRecords;
import io.tributary.retail.TransactionOrder;
import io.tributary.schema.Column;
import io.tributary.schema.Outcome;
import io.tributary.schema.Schema;
import io.tributary.schema.Tally;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvTableTest {
    private static final CsvTable<Item> ITEMS = CsvTable.of(Item.SCHEMA);

    record Item(
            String name,
            @Nullable BigDecimal price,
            @Nullable String note) {
        static final Schema<Item> SCHEMA = Schema.of(
                "item",
                Item.class,
                Column.text("name", Item::name),
                Column.decimal("price", 9, 2, Item::price).optional(),
                Column.text("note", Item::note).optional());
    }

    private static List<Outcome<Item>> read(byte[] bytes) throws IOException {
        try (Stream<Outcome<Item>> rows = ITEMS.read(new ByteArrayInputStream(bytes)).stream()) {
            return rows.toList();
        }
    }

    private static List<Outcome<Item>> read(String text) throws IOException {
        return read(text.getBytes(UTF_8));
    }

    private static Item item(String name, @Nullable String price, @Nullable String note) {
        return new Item(name, price == null ? null : new BigDecimal(price), note);
    }

    private static List<String> rejections(String text) throws IOException {
        return read(text).stream()
                .filter(outcome -> outcome instanceof Outcome.Rejected<Item>)
                .map(outcome -> ((Outcome.Rejected<Item>) outcome).rejection().toString())
                .toList();
    }

    private static <R> String written(Schema<R> schema, List<R> rows) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (RecordWriter<R> writer = CsvTable.of(schema).write(out)) {
            writer.writeAll(rows);
        }
        return out.toString(UTF_8);
    }

    private static <R> void assertReadsBack(Schema<R> schema, List<R> rows) throws IOException {
        byte[] bytes = written(schema, rows).getBytes(UTF_8);
        try (Stream<Outcome<R>> read = CsvTable.of(schema).read(new ByteArrayInputStream(bytes)).stream()) {
            assertThat(read.map(Outcome::orElseThrow)).isEqualTo(rows);
        }
    }

    @Test
    void writesTheWorkshopsFiles() throws IOException {
        assertThat(written(TransactionOrder.SCHEMA, List.of(ORDER)))
                .isEqualTo("tr_date,tr_time,store_cd,store_name,pos_num,receipt_num,product_cd,qty,mount,tr_datetime\n"
                        + "2015-01-02,20,S001,강남점,01,0042,8801234567890,2,1000.0,2015-01-02T20:45:22\n");
        assertThat(written(Product.SCHEMA, List.of(PRODUCT)))
                .isEqualTo("division_cd,division_name,maincategory_cd,maincategory_name,subcategory_cd,"
                        + "subcategory_name,product_cd,product_name,is_pb\n"
                        + "01,식품,0101,음료,010101,\"탄산음료, 캔\",8801234567890,\"사이다 \"\"제로\"\"\",N\n");
    }

    @Test
    void writesAnAbsentValueAsNothingAndAnEmptyTextInQuotes() throws IOException {
        assertThat(written(Item.SCHEMA, List.of(item("", "0.50", ""), item("a", null, null))))
                .isEqualTo("name,price,note\n\"\",0.5,\"\"\na,,\n");
    }

    @Property(tries = 100)
    void readsBackTheOrdersThatItWrote(@ForAll("orders") List<EnrichedOrder> orders) throws IOException {
        assertReadsBack(EnrichedOrder.SCHEMA, orders);
    }

    @Property(tries = 100)
    void readsBackTheProductsThatItWrote(@ForAll("products") List<Product> products) throws IOException {
        assertReadsBack(Product.SCHEMA, products);
    }

    @Provide
    Arbitrary<List<EnrichedOrder>> orders() {
        return RetailRecords.enrichedOrders().list().ofMaxSize(5);
    }

    @Provide
    Arbitrary<List<Product>> products() {
        return RetailRecords.products().list().ofMaxSize(5);
    }

    @Test
    void findsColumnsByNameWhateverElseThereIs() throws IOException {
        assertThat(read("\uFEFFid,price,name\r\n7,12.50,\"a,\r\n\"\"b\"\"\"\r\n\r\n8,,c"))
                .containsExactly(
                        Outcome.accepted(item("a,\r\n\"b\"", "12.50", null)), Outcome.accepted(item("c", null, null)));
    }

    /** As Windows' tools write it. */
    @Test
    void readsAQuotedHeaderBehindAByteOrderMark() throws IOException {
        assertThat(read("\uFEFF\"note\",\"name\"\nx,a\n")).containsExactly(Outcome.accepted(item("a", null, "x")));
    }

    @Test
    void aQuoteThatIsTextNeitherHidesNorFakesAnOpenOne() throws IOException {
        assertThat(read("name,price,note\n5\" pipe,1,x\nb,2,\"ok\"\n"))
                .containsExactly(
                        Outcome.accepted(item("5\" pipe", "1.00", "x")), Outcome.accepted(item("b", "2.00", "ok")));
        assertThat(rejections("name,price,note\n5\" pipe,1,x\nb,2,\"no\nc,3,\nd,4,\n"))
                .singleElement()
                .asString()
                .contains("has a quote that is never closed");
    }

    @Test
    void acceptsAHeaderWithoutRows() throws IOException {
        assertThat(read("name,price,note\n")).isEmpty();
        assertThat(read("name,price,note")).isEmpty();
    }

    @Test
    void rejectsABadRowAndGoesOn() throws IOException {
        String text = "name,price,note\na,x,\n\"two\nlines\",NaN,\nb,1,\nc\nd,1,,\ne,1e999999999,\n";
        try (RecordReader<Item> reader = ITEMS.read(new ByteArrayInputStream(text.getBytes(UTF_8)))) {
            assertThat(reader.stream().filter(outcome -> outcome instanceof Outcome.Accepted<Item>))
                    .containsExactly(Outcome.accepted(item("b", "1.00", null)));
            assertThat(reader.tally()).isEqualTo(new Tally(1, 5));
        }
        String number = "must be a number of at most 7 digits before the point and 2 behind it";
        assertThat(rejections(text))
                .containsExactly(
                        "line 2: price: x: " + number,
                        "line 3: price: NaN: " + number,
                        "line 6: must have the header's number of fields, 3, not 1",
                        "line 7: must have the header's number of fields, 3, not 4",
                        "line 8: price: 1e999999999: " + number);
        assertThat(read(text).get(1))
                .isInstanceOfSatisfying(
                        Outcome.Rejected.class,
                        rejected -> assertThat(rejected.input()).isEqualTo("\"two\nlines\",\"NaN\","));
    }

    @Test
    void rejectsAnEmptyFieldWhereAValueIsRequired() throws IOException {
        String text = written(TransactionOrder.SCHEMA, List.of(ORDER)).replace(",2,1000.0,", ",,1000.0,");
        Outcome<TransactionOrder> outcome = CsvTable.of(TransactionOrder.SCHEMA)
                .read(new ByteArrayInputStream(text.getBytes(UTF_8)))
                .next();
        assertThat(((Outcome.Rejected<TransactionOrder>) outcome).rejection())
                .hasToString("line 2: qty: is empty (must be an integer from -2147483648 to 2147483647)");
    }

    /** An empty text is one in quotes. */
    @Test
    void rejectsAnEmptyFieldWhereATextIsRequired() throws IOException {
        assertThat(((Outcome.Rejected<Item>)
                                read("name,price,note\n,1,\n".getBytes(UTF_8)).get(0))
                        .rejection())
                .hasToString("line 2: name: is empty (must be a text; quote it where it is to be empty)");
        assertThat(read("name,price,note\n\"\",1,\n".getBytes(UTF_8)).get(0)).isInstanceOf(Outcome.Accepted.class);
    }

    private record Note(@Nullable String text) {}

    @Test
    void refusesATableWhoseRowsMayBeEmptyLines() {
        Column<Note, String> text = Column.text("text", Note::text).optional();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CsvTable.of(Schema.of("note", Note.class, text)))
                .withMessage("Invalid CSV table: its only column text is optional (require it, or add a column)");
    }

    @Test
    void rejectsOnlyTheRowsThatAreNotUtf8() throws IOException {
        byte[] bytes = "name,price,note\n담배,1,\nb,2,\uFFFD\n".getBytes(UTF_8);
        bytes[16] = (byte) 0xB4;
        List<Outcome<Item>> rows = read(bytes);
        assertThat(((Outcome.Rejected<Item>) rows.get(0)).rejection().toString())
                .startsWith("line 2: name: \uFFFD")
                .endsWith("배: must be UTF-8 (save the file in it)");
        assertThat(rows.get(1)).isEqualTo(Outcome.accepted(item("b", "2.00", "\uFFFD")));
        assertThat(read("name\n담배\n".getBytes(Charset.forName("EUC-KR"))).get(0))
                .isInstanceOf(Outcome.Rejected.class);
    }

    @Test
    void saysWhatTheHeaderLacks(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("orders.csv");
        CsvTable<TransactionOrder> orders = CsvTable.of(TransactionOrder.SCHEMA);

        Files.writeString(file, "\uFEFFtr_date,qty,tr_time,store_cd,store_name,pos_num,receipt_num,product_cd,qty\n");
        assertThatThrownBy(() -> orders.read(file))
                .isInstanceOf(IOException.class)
                .hasMessage("Cannot read %s: its header lacks mount, tr_datetime and has twice qty", file);
        Files.writeString(file, "");
        assertThatThrownBy(() -> orders.read(file))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith(
                        "Cannot read %s: it is empty (its first line must be the header tr_date,", file);
        assertThatThrownBy(() -> orders.read(directory.resolve("missing.csv")))
                .isInstanceOf(IOException.class)
                .hasMessage("Cannot read %s: no such file", directory.resolve("missing.csv"));
    }

    @Test
    void rejectsTheRestBehindAQuoteThatIsNeverClosed() throws IOException {
        String good = "name,price,note\na,1,\"5\"\" pipe\"\n";
        String reason = "line 3: has a quote that is never closed, which hides what follows";
        assertThat(rejections(good)).isEmpty();
        assertThat(rejections(good + "b,2,\"to")).containsExactly(reason);
        assertThat(rejections(good + "b,2,\"no\nc,3,\n")).containsExactly(reason);
        assertThat(rejections(good + "\"b,2,no\nc,3,\n")).containsExactly(reason);
    }

    @Test
    void endsWithALineNumberWhereTheRestCannotBeCutIntoRows() throws IOException {
        String text = "name,price,note\na,1,\"x\"\n\"b\"b,1,\nc,2,\n";
        RecordReader<Item> reader = ITEMS.read(new ByteArrayInputStream(text.getBytes(UTF_8)));
        assertThat(reader.next()).isEqualTo(Outcome.accepted(item("a", "1.00", "x")));
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(reader::hasNext)
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessage(
                            "Cannot read on in the CSV input: Exception when reading record that started in line 3: "
                                    + "Unexpected character after closing quote: 'b' (0x62)");
        }
    }
}
