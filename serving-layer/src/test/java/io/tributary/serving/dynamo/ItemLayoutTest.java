package io.tributary.serving.dynamo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.retail.EnrichedOrder;
import io.tributary.retail.RetailViews;
import io.tributary.serving.dynamo.ItemLayout.Address;
import io.tributary.serving.dynamo.ItemLayout.Version;
import io.tributary.view.SliceKey;
import io.tributary.view.SlicePartial;
import io.tributary.view.View;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class ItemLayoutTest {
    private static final View<EnrichedOrder> VIEW = RetailViews.HOURLY_CATEGORY_SALES;
    private static final Instant PARTITION = Instant.parse("2023-09-07T04:00:00Z");
    private static final SliceKey KEY = SliceKey.of(
            LocalDateTime.parse("2015-01-02T20:00:00").toEpochSecond(ZoneOffset.UTC), Arrays.asList("담배", null));

    private final ItemLayout layout = new ItemLayout(VIEW);

    @Test
    void keysAreTheSameInEveryLocale() {
        Locale before = Locale.getDefault(Locale.Category.FORMAT);
        Locale.setDefault(Locale.Category.FORMAT, Locale.forLanguageTag("fa-IR-u-nu-arabext"));
        try {
            writesASliceAsOneItem();
            assertThat(new Puts(1, 2, PARTITION)).hasToString("1:2:1694059200");
        } finally {
            Locale.setDefault(Locale.Category.FORMAT, before);
        }
    }

    @Test
    void writesASliceAsOneItem() {
        Address address = layout.address(PARTITION, KEY);
        byte[] value = layout.encode(new SlicePartial(KEY, VIEW.slicer().empty()));

        List<Map<String, AttributeValue>> items =
                layout.items(address, new Version(7, 12, 11, 2), value, 4, Instant.ofEpochSecond(1_700_000_000));

        assertThat(items).hasSize(1);
        assertThat(text(items.get(0)))
                .isEqualTo("pk=hourly-category-sales#2023-09-07T04:00:00Z#0"
                        + " sk=8000000054a6f8c0#rDiPVzW0OKcDfaz7QpI8qw#7#2#0 epoch=7 put=12 before=11 chunks=1"
                        + " value=0000000054a6f8c00100000006eb8bb4ebb0b00000 expires=1700000000");
    }

    @Test
    void splitsALargeValue() {
        byte[] value = new byte[ItemLayout.CHUNK_BYTES + 1];

        List<Map<String, AttributeValue>> items =
                layout.items(layout.address(PARTITION, KEY), new Version(1, 1, 0, 0), value, 4, PARTITION);

        assertThat(items).extracting(item -> item.get("sk").s()).allMatch(key -> key.matches(".*#1#0#[01]"));
        assertThat(items)
                .extracting(item -> item.get("value").b().asByteArray().length)
                .containsExactly(ItemLayout.CHUNK_BYTES, 1);
        assertThat(items).allMatch(item -> item.get("chunks").n().equals("2"));
    }

    @Property
    void ordersSlicesByTime(@ForAll long one, @ForAll long other) {
        assertThat(Integer.signum(ItemLayout.sortKeyFrom(one).compareTo(ItemLayout.sortKeyFrom(other))))
                .isEqualTo(Long.compare(one, other));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1970-01-01T00:00:00Z",
                "1969-12-31T23:59:59.5Z",
                "2023-09-07T04:00:00Z",
                "-1000000000-01-01T00:00:00Z",
                "+1000000000-12-31T23:59:59.999999999Z"
            })
    void keepsAnInstantAsANumber(String text) {
        Instant instant = Instant.parse(text);

        assertThat(Attributes.instant(Attributes.seconds(instant))).isEqualTo(instant);
    }

    @Test
    void refusesAnItemOfSomethingElse() {
        Map<String, AttributeValue> item = Map.of("sk", AttributeValue.fromS("product"));

        assertThatThrownBy(() -> ItemLayout.parse(item))
                .hasMessage("Invalid item: its sort key is product (must have 5 parts; is the table used for something"
                        + " else?)");
    }

    private static String text(Map<String, AttributeValue> item) {
        List<String> texts = new ArrayList<>();
        Stream.of("pk", "sk", "epoch", "put", "before", "chunks", "value", "expires")
                .forEach(name -> texts.add(name + "=" + text(item.get(name))));
        assertThat(item).hasSize(texts.size());
        return String.join(" ", texts);
    }

    private static String text(AttributeValue value) {
        return switch (value.type()) {
            case S -> value.s();
            case N -> value.n();
            default -> HexFormat.of().formatHex(value.b().asByteArray());
        };
    }
}
