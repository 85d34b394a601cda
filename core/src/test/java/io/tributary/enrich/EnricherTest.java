package io.tributary.enrich;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.schema.Column;
import io.tributary.schema.InvalidValueException;
import io.tributary.schema.Outcome;
import io.tributary.schema.Rejection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EnricherTest {
    record Sale(@Nullable String code, int pieces) {}

    private static final Column<Sale, String> CODE =
            Column.text("code", Sale::code).optional();
    private static final Map<String, String> NAMES = Map.of("1", "one", "2", "two");
    private static final Lookup<String, String> LOOKUP = key -> Optional.ofNullable(NAMES.get(key));

    private static final Sale ONE = new Sale("1", 5);
    private static final Sale UNKNOWN = new Sale("9", 3);
    private static final Sale WITHOUT_KEY = new Sale(null, 4);

    private final Enricher<Sale, String, String> rejecting =
            Enricher.of(LOOKUP, CODE, (sale, name) -> sale.pieces() + " " + name);
    private final Enricher<Sale, String, String> keeping =
            rejecting.onUnknownKey(OnUnknownKey.keep(sale -> sale.pieces() + " of ?"));
    private final Enricher<Sale, String, String> failing = rejecting.onUnknownKey(OnUnknownKey.fail());

    private static Outcome<String> rejected(Sale sale, @Nullable String value) {
        return Outcome.rejected(new Rejection(0, "code", value, "is not in the dimension"), sale.toString());
    }

    @Test
    void rejectsUnknownKeysUnlessToldOtherwise() {
        assertThat(rejecting.enrich(ONE)).isEqualTo(Outcome.accepted("5 one"));
        assertThat(rejecting.enrich(UNKNOWN)).isEqualTo(rejected(UNKNOWN, "9"));
        assertThat(rejecting.enrich(WITHOUT_KEY)).isEqualTo(rejected(WITHOUT_KEY, null));
        assertThat(rejecting.tally())
                .isEqualTo(new EnrichmentTally(1, 0, 2))
                .hasToString("read 3 = joined 1 + kept 0 + rejected 2");
    }

    @Test
    void keepsUnknownKeysWhenToldSo() {
        assertThat(keeping.enrichAll(List.of(UNKNOWN, ONE, WITHOUT_KEY)))
                .containsExactly(Outcome.accepted("3 of ?"), Outcome.accepted("5 one"), Outcome.accepted("4 of ?"));
        assertThat(keeping.tally()).isEqualTo(new EnrichmentTally(1, 2, 0));
        assertThat(rejecting.tally().read()).isZero();
    }

    @Test
    void failsOnUnknownKeysWhenToldSo() {
        assertThat(failing.enrich(ONE)).isEqualTo(Outcome.accepted("5 one"));
        assertThatThrownBy(() -> failing.enrich(UNKNOWN))
                .isInstanceOf(UnknownKeyException.class)
                .hasMessage(
                        "Cannot enrich: code 9 is unknown (add it to the dimension, or reject or keep such records)");
        assertThatThrownBy(() -> failing.enrichAll(List.of(ONE, UNKNOWN))).isInstanceOf(UnknownKeyException.class);
        assertThat(failing.tally()).isEqualTo(new EnrichmentTally(1, 0, 0));
    }

    @Test
    void givesTheSameOneByOneTogetherAndWithoutWaiting() {
        List<Sale> sales = List.of(ONE, UNKNOWN, new Sale("2", 0), WITHOUT_KEY, ONE);
        List<Outcome<String>> oneByOne = sales.stream().map(rejecting::enrich).toList();
        assertThat(rejecting.enrichAll(sales)).isEqualTo(oneByOne);
        assertThat(sales.stream()
                        .map(sale -> rejecting
                                .enrichAsync(sale)
                                .toCompletableFuture()
                                .join()))
                .isEqualTo(oneByOne);
        assertThat(rejecting.tally()).isEqualTo(new EnrichmentTally(9, 0, 6));
    }

    @Test
    void rejectsAKeyThatIsNoTextHoweverItIsAsked() {
        Sale broken = new Sale("\uD83D", 1);
        Outcome<String> expected = rejecting.enrich(broken);
        assertThat(expected).isInstanceOfSatisfying(Outcome.Rejected.class, rejected -> {
            assertThat(rejected.rejection()).asString().startsWith("code: \\ud83d: must be ");
        });
        assertThat(rejecting.enrichAll(List.of(ONE, broken))).containsExactly(Outcome.accepted("5 one"), expected);
        assertThat(rejecting.enrichAsync(broken)).isCompletedWithValue(expected);
        assertThat(failing.enrich(broken)).isEqualTo(expected);
        assertThat(rejecting.tally()).isEqualTo(new EnrichmentTally(1, 0, 3));
    }

    @Test
    void rejectsAJoinThatMakesNoValidRecord() {
        Enricher<Sale, String, String> strict = Enricher.of(LOOKUP, CODE, (sale, name) -> {
            throw new InvalidValueException(name, "another name");
        });
        assertThat(strict.enrich(ONE))
                .isEqualTo(Outcome.rejected(new Rejection(0, null, "one", "must be another name"), ONE.toString()));
        assertThat(strict.tally()).isEqualTo(new EnrichmentTally(0, 0, 1));
    }

    @Test
    void doesNotTakeAFailedLookupForAnUnknownKey() {
        Enricher<Sale, String, String> broken = Enricher.of(
                key -> {
                    throw new IllegalStateException("Cannot reach the table");
                },
                CODE,
                (Sale sale, String name) -> name);
        assertThatThrownBy(() -> broken.enrich(ONE)).hasMessage("Cannot reach the table");
        assertThatThrownBy(() -> broken.enrichAll(List.of(ONE))).hasMessage("Cannot reach the table");
        assertThatThrownBy(() -> broken.enrichAsync(ONE).toCompletableFuture().join())
                .isInstanceOf(CompletionException.class)
                .hasRootCauseMessage("Cannot reach the table");
        assertThat(broken.tally().read()).isZero();
    }
}
