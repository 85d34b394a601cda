package io.tributary.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.retail.Product;
import io.tributary.schema.Column;
import io.tributary.schema.ColumnType;
import io.tributary.schema.Schema;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Scale;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class DynamoItemsTest {
    private static final Map<String, AttributeValue> LEAST = Map.of(
            "code", AttributeValue.fromS("0012"),
            "pieces", AttributeValue.fromN("3"),
            "loose", AttributeValue.fromS("Y"));

    @Test
    void namesAndTypesAttributesAsTheSchemaDoes() {
        assertThat(Part.ITEMS.toItem(Part.full("0012")).attributes())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "code", AttributeValue.fromS("0012"),
                        "name", AttributeValue.fromS("나사 \"🔩\""),
                        "pieces", AttributeValue.fromN("12"),
                        "price", AttributeValue.fromN("1000.5"),
                        "loose", AttributeValue.fromS("Y"),
                        "sold", AttributeValue.fromBool(false),
                        "weight", AttributeValue.fromN("0.25"),
                        "since", AttributeValue.fromS("2015-01-02"),
                        "seen", AttributeValue.fromS("2023-09-07T04:33:10.472585")));
    }

    @Test
    void leavesOutWhatARecordLacks() {
        Part least = new Part("0012", null, 3, null, true, null, null, null, null);
        assertThat(Part.ITEMS.toItem(least).attributes()).isEqualTo(LEAST);
        assertThat(Part.ITEMS.fromItem(LEAST)).isEqualTo(least);
    }

    @Test
    void takesANullAttributeForAnAbsentOneAndPassesOverUnknownOnes() {
        Part least = new Part("0012", null, 3, null, true, null, null, null, null);
        assertThat(Part.ITEMS.fromItem(with("name", AttributeValue.fromNul(true))))
                .isEqualTo(least);
        assertThat(Part.ITEMS.fromItem(with("colour", AttributeValue.fromS("red"))))
                .isEqualTo(least);
    }

    @Property(tries = 200)
    void readsBackWhatItWrites(
            @ForAll @StringLength(min = 1, max = 40) @CharRange(from = ' ', to = '힣') String code,
            @ForAll @StringLength(max = 40) @CharRange(from = ' ', to = '힣') String name,
            @ForAll int pieces,
            @ForAll @Scale(2) @net.jqwik.api.constraints.BigRange(min = "-9999999999", max = "9999999999")
                    BigDecimal price,
            @ForAll @net.jqwik.api.constraints.DoubleRange(min = -1e100, max = 1e100) double weight) {
        Part part = new Part(code, name, pieces, price.setScale(2), false, true, weight + 0.0, null, null);
        assertThat(Part.ITEMS.fromItem(Part.ITEMS.toItem(part).attributes())).isEqualTo(part);
    }

    @Test
    void namesFieldAndValueOfAnItemThatIsNoRecord() {
        assertInvalid(with("loose", AttributeValue.fromS("y")), "loose: y: must be Y or N");
        assertInvalid(
                with("pieces", AttributeValue.fromS("3")), "pieces: AttributeValue(S=3): must be of type N, is of S");
        assertInvalid(
                with("sold", AttributeValue.fromN("1")), "sold: AttributeValue(N=1): must be of type BOOL, is of N");
        assertInvalid(with("since", AttributeValue.fromS("2015-02-30")), "since: 2015-02-30: must be ");
        Map<String, AttributeValue> less = new HashMap<>(LEAST);
        less.remove("pieces");
        less.remove("loose");
        assertInvalid(less, "pieces, loose: is missing but required");
    }

    private static Map<String, AttributeValue> with(String name, AttributeValue value) {
        Map<String, AttributeValue> item = new HashMap<>(LEAST);
        item.put(name, value);
        return item;
    }

    private static void assertInvalid(Map<String, AttributeValue> item, String message) {
        assertThatThrownBy(() -> Part.ITEMS.fromItem(item))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void refusesWhatDynamoDbCouldNotHold() {
        assertUnwritable(Part.named("", "n"), "Cannot write item : code: : must have 1 to 2048 bytes, being the key");
        assertUnwritable(Part.named("가".repeat(683), "n"), "must have 1 to 2048 bytes, being the key");
        assertUnwritable(Part.named("1", "x".repeat(409_600)), "Cannot write item 1: it has 409,");
        assertUnwritable(
                new Part("1", null, 1, null, true, null, 1e126, null, null),
                "Cannot write item 1: weight: 1.0E126: must be 0 or between 1E-130 and 9.99E+125");
        assertUnwritable(
                new Part("1", null, 1, new BigDecimal("0.001"), true, null, null, null, null),
                "Cannot write item 1: price: 0.001: must be a number");
        assertThat(Part.ITEMS.isPossibleKey("가".repeat(682))).isTrue();
        assertThat(Part.ITEMS.isPossibleKey("")).isFalse();
    }

    private static void assertUnwritable(Part part, String message) {
        assertThatThrownBy(() -> Part.ITEMS.toItem(part))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @Test
    void takesForAKeyOnlyARequiredColumnOfTheSchema() {
        Column<Product, String> optional = Product.PRODUCT_CD.optional();
        assertThatThrownBy(() -> DynamoItems.of(Product.SCHEMA, optional))
                .hasMessageStartingWith("Invalid key: product_cd (must be a required column of products_info[");
        Column<Product, String> other = Column.of("other", ColumnType.text(), Product::productCode);
        assertThatThrownBy(() -> DynamoItems.of(Product.SCHEMA, other)).hasMessageStartingWith("Invalid key: other");
    }

    @Test
    void knowsItsSizeStoredAndOnTheWire() {
        DynamoItem item = new DynamoItem(
                "k",
                Map.of(
                        "k", AttributeValue.fromS("가a🔩"),
                        "n", AttributeValue.fromN("12345"),
                        "b", AttributeValue.fromBool(true),
                        "q", AttributeValue.fromS("\"\n")));
        assertThat(item.storedBytes()).isEqualTo((1 + 8) + (1 + 4) + (1 + 1) + (1 + 2));
        assertThat(item.wireBytes())
                .isGreaterThanOrEqualTo("""
                "k":{"S":"가a🔩"},"n":{"N":"12345"},"b":{"BOOL":true},"q":{"S":"\\"\\u000a"}""".getBytes(java.nio.charset.StandardCharsets.UTF_8).length);
    }

    @Test
    void fillsABatchByCountAndByBytesWithOneItemAKey() {
        DynamoBatch byCount = new DynamoBatch();
        for (int i = 0; i < DynamoBatch.MAX_ITEMS; i++) {
            assertThat(byCount.add(Part.ITEMS.toItem(Part.named("k" + i, "n")))).isTrue();
        }
        assertThat(byCount.isFull()).isTrue();
        assertThat(byCount.add(Part.ITEMS.toItem(Part.named("k25", "n")))).isFalse();
        assertThat(byCount.add(Part.ITEMS.toItem(Part.named("k0", "other")))).isTrue();
        assertThat(byCount.items()).hasSize(25);

        DynamoBatch byBytes = new DynamoBatch();
        int count = 0;
        while (byBytes.add(Part.ITEMS.toItem(Part.named("k" + count, "\"".repeat(400_000))))) {
            count++;
        }
        assertThat(count).isEqualTo(19);
    }

    @Test
    void describesTheRetailCatalogue() {
        Schema<Product> schema = Product.SCHEMA;
        DynamoItems<Product> items = DynamoItems.of(schema, Product.PRODUCT_CD);
        assertThat(items.tableSchema().attributeNames())
                .containsExactlyElementsOf(
                        schema.columns().stream().map(Column::name).toList());
        assertThat(items.tableSchema().tableMetadata().primaryPartitionKey()).isEqualTo("product_cd");
    }
}
