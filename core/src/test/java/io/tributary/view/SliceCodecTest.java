package io.tributary.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class SliceCodecTest {
    private static final View<Sale> VIEW = SaleViews.everything("texts")
            .window(Window.tumble(Sale.TIME).every(Duration.ofHours(1)))
            .groupBy(Sale.SHOP, Sale.DAY)
            .build();

    @Test
    void aSliceHasItsTexts() {
        Slices<Sale> slices = VIEW.slices();
        slices.addAll(List.of(
                Sale.at("2015-01-02T20:45:22")
                        .withShop("담배")
                        .withTill("1")
                        .withPieces(2)
                        .withAmount("1000"),
                Sale.at("2015-01-02T20:59:59.999999")
                        .withShop("담배")
                        .withTill("\\")
                        .withAmount("-0.5")));

        assertThat(VIEW.codec().format(slices.toList().get(0)))
                .containsExactly(
                        "1420228800",
                        "담배",
                        null,
                        "2",
                        "2",
                        "999.50",
                        "1",
                        "2",
                        "담배",
                        "담배",
                        null,
                        "[\"담배\\u001F1\",\"담배\\u001F\\\\\\\\\"]",
                        "[\"15978626059393536\",\"1094440710596131645\"]",
                        "[\"1970-01-01T00:00:00\",\"담배\"]");
    }

    @Test
    void refusesWhatIsNoSlice() {
        SliceCodec<Sale> codec = View.named("counted")
                .over(Sale.SCHEMA)
                .measure("n", Measure.count())
                .measure("shop", Measure.latest(Sale.SHOP, Sale.TIME))
                .build()
                .codec();
        assertInvalid(codec, "Invalid slice: [0, 1] (must have 3 texts)", "0", "1");
        assertInvalid(codec, "Invalid slice: [null, 1, null] (must begin with its first second)", null, "1", null);
        String integer = " (must be an integer from -9223372036854775808 to 9223372036854775807)";
        assertInvalid(codec, "Invalid value: noon" + integer, "noon", "1", null);
        assertInvalid(codec, "Invalid value: 1.5" + integer, "0", "1.5", null);
        assertInvalid(codec, "Invalid latest value: [\"a\"] (must be [time, value])", "0", "1", "[\"a\"]");
        assertInvalid(codec, "Invalid aggregate state: {} (must be a JSON array of texts)", "0", "1", "{}");
        assertInvalid(codec, "Invalid aggregate state: [\"a\" (must be a JSON array of texts)", "0", "1", "[\"a\"");
        assertInvalid(codec, "Invalid aggregate state: [] [] (must be a JSON array of texts)", "0", "1", "[] []");
    }

    private static void assertInvalid(SliceCodec<Sale> codec, String message, String... texts) {
        assertThatThrownBy(() -> codec.parse(Arrays.asList(texts)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }
}
