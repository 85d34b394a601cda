package io.tributary.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import io.tributary.schema.Column;
import io.tributary.schema.ColumnType;
import io.tributary.schema.Schema;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is persisted of a view, and told of it. */
class ViewDescriptionTest {
    private static final View<Sale> TOP = SaleViews.everything("top")
            .window(Window.slide(Sale.TIME).size(Duration.ofHours(2)).every(Duration.ofHours(1)))
            .groupBy(Sale.SHOP, Sale.DAY)
            .having(Condition.column("n").isAtLeast(1))
            .top(3)
            .by("sum_amount")
            .build();

    @Test
    void theDefinitionTellsAll() {
        assertThat(TOP)
                .hasToString("view top over sale window slide(time) of PT2H every PT1H group by [shop, day] measures"
                        + " {n=count(*), sum_pieces=sum(pieces), sum_amount=sum(amount), avg_pieces=average(pieces),"
                        + " avg_amount=average(amount), first_shop=min(shop), last_shop=max(shop), last_seen=max(seen),"
                        + " pairs=set[shop, till], about_pairs=hashes[shop, till](4096),"
                        + " latest_shop=latest(shop by sent)} having n >= '1' descending by sum_amount top 3");
    }

    /** Snapshots are stored with it: another digest makes all of them useless. */
    @Test
    void theDigestIsThatOfStoredSnapshots() {
        assertThat(TOP.definitionDigest())
                .isEqualTo(Digest.of(TOP.definition()
                        + "\nshop string String\nday string LocalDate\npieces int Integer"
                        + "\namount decimal(18,2) BigDecimal\nseen timestamp LocalDateTime\ntill string String"
                        + "\nsent timestamp Instant\ntime timestamp LocalDateTime"));
        assertThat(Digest.of("판매")).isEqualTo("ee8c398bbe6e22331de3123b3c46b10efd98ef779c48c66da666adb9e6432256");
    }

    @Test
    void aListOfLiteralsMayBeLong() throws Exception {
        Object[] others = IntStream.range(1, 20_000).boxed().toArray();
        View<Sale> view = View.named("long")
                .over(Sale.SCHEMA)
                .groupBy(Sale.SHOP)
                .measure("n", Measure.count())
                .having(Condition.column("n").isIn(0, others))
                .build();
        assertThat(view.definitionDigest()).hasSize(64);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(view.having().orElseThrow());
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            assertThat(in.readObject()).isEqualTo(view.having().orElseThrow());
        }
        Slices<Sale> slices = view.slices();
        slices.add(Sale.at(0));
        assertThat(view.rows(slices.toList())).hasSize(1);
    }

    @Test
    void theDigestIsAnotherWhereTheTypeOfAColumnIs() {
        assertThat(summed(2).definition()).isEqualTo(summed(3).definition());
        assertThat(summed(2).definitionDigest()).isNotEqualTo(summed(3).definitionDigest());
    }

    private record Text(String hour) {}

    private record Hour(Integer hour) {}

    /** Engines have text for both, but the states of the view differ. */
    @Test
    void theDigestIsAnotherWhereATextBecomesAnHour() {
        View<Text> text = latest(Text.class, Column.text("hour", Text::hour));
        View<Hour> hour = latest(Hour.class, Column.of("hour", ColumnType.hour(), Hour::hour));
        assertThat(text.definition()).isEqualTo(hour.definition());
        assertThat(text.definitionDigest()).isNotEqualTo(hour.definitionDigest());
    }

    private static <R extends Record, V extends Comparable<? super V>> View<R> latest(
            Class<R> type, Column<R, V> column) {
        return View.named("latest")
                .over(Schema.of("sale", type, column))
                .measure("latest", Measure.max(column))
                .build();
    }

    /** A name of one's own does not tell what is kept. */
    @Test
    void theDefinitionIsAnotherWhereAMeasureKeepsSomethingElse() {
        assertThat(bound(Aggregate.Extreme.Side.MIN)).isNotEqualTo(bound(Aggregate.Extreme.Side.MAX));
        assertThat(bound(Aggregate.Extreme.Side.MIN))
                .endsWith(" measures {bound=price bound} of price bound [min(amount)]");
    }

    private static String bound(Aggregate.Extreme.Side side) {
        Aggregate<Sale, BigDecimal> extreme = new Aggregate.Extreme<>(Sale.AMOUNT, side);
        return View.named("bounds")
                .over(Sale.SCHEMA)
                .measure("bound", new Measure<>("price bound", List.of(extreme), Sale.AMOUNT.type(), states ->
                        (BigDecimal) states.get(0)))
                .build()
                .definition();
    }

    private record Price(BigDecimal won) {}

    private static View<Price> summed(int scale) {
        Column<Price, BigDecimal> won = Column.decimal("won", 18, scale, Price::won);
        return View.named("summed")
                .over(Schema.of("price", Price.class, won))
                .measure("won", Measure.sum(won))
                .build();
    }

    @Test
    void theColumnsAreThoseOfTheRows() {
        assertThat(TOP.schema()).isSameAs(Sale.SCHEMA);
        assertThat(TOP.columns())
                .extracting(ViewColumn::name, column -> column.type().hiveType())
                .startsWith(
                        tuple("window_start", "timestamp"),
                        tuple("window_end", "timestamp"),
                        tuple("shop", "string"),
                        tuple("day", "string"),
                        tuple("n", "bigint"),
                        tuple("sum_pieces", "bigint"),
                        tuple("sum_amount", "decimal(38,2)"))
                .endsWith(tuple("rownum", ColumnType.integer().hiveType()));
        assertThat(View.named("plain")
                        .over(Sale.SCHEMA)
                        .measure("n", Measure.count())
                        .build()
                        .columns())
                .extracting(ViewColumn::name)
                .containsExactly("n");
    }

    @Test
    void windowsOnTheWallClockOfAZoneTellIt() {
        ZoneId seoul = ZoneId.of("Asia/Seoul");
        assertThat(Window.slide(Sale.SENT, seoul).size(Duration.ofHours(2)).every(Duration.ofHours(1)))
                .hasToString("slide(sent in Asia/Seoul) of PT2H every PT1H");
        assertThat(Window.cumulate(Sale.SENT, seoul).step(Duration.ofHours(1)).upTo(Duration.ofDays(1)))
                .hasToString("cumulate(sent in Asia/Seoul) step PT1H up to PT24H");
    }

    @Test
    void windowsAndRankingsHaveLimits() {
        Duration longest = Duration.ofDays(36_525);
        assertThatCode(() -> Window.tumble(Sale.TIME).every(longest)).doesNotThrowAnyException();
        assertThatThrownBy(() -> Window.tumble(Sale.TIME).every(longest.plusSeconds(1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatCode(() ->
                        Window.slide(Sale.TIME).size(Duration.ofSeconds(10_000)).every(Duration.ofSeconds(1)))
                .doesNotThrowAnyException();
        assertThatThrownBy(() ->
                        Window.slide(Sale.TIME).size(Duration.ofSeconds(10_001)).every(Duration.ofSeconds(1)))
                .hasMessageEndingWith("(a record would be in 10001 windows, at most 10000; try PT2S)");
        ViewBuilder<Sale> counted = View.named("counted").over(Sale.SCHEMA).measure("n", Measure.count());
        assertThat(counted.top(10_000).by("n").build().top()).hasValue(10_000);
        assertThat(counted.top(1).by("n").build().top()).hasValue(1);
    }

    @Test
    void bothSidesOfAConditionAreChecked() {
        assertThatThrownBy(() -> View.named("counted")
                        .over(Sale.SCHEMA)
                        .measure("n", Measure.count())
                        .having(Condition.column("n")
                                .isAtLeast(1)
                                .and(Condition.column("z").isNull()))
                        .having(Condition.column("n")
                                .isAtLeast(1)
                                .or(Condition.column("y").isNull()))
                        .build())
                .hasMessageContaining("condition on z ")
                .hasMessageContaining("condition on y ");
    }

    @Test
    void aSnapshotIsOfOneDefinition() {
        View<Sale> view = View.named("top")
                .over(Sale.SCHEMA)
                .measure("n", Measure.count())
                .build();
        String seals = "0".repeat(64);
        new BatchViewSnapshot(BatchView.empty(TOP), TOP.definitionDigest(), seals).checkOf(TOP);

        assertThatThrownBy(
                        () -> new BatchViewSnapshot(BatchView.empty(TOP), TOP.definitionDigest(), seals).checkOf(view))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("Cannot use the snapshot of view top");
        BatchView another = new BatchView("another", Instant.EPOCH, List.of(), List.of());
        assertThatThrownBy(() -> new BatchViewSnapshot(another, TOP.definitionDigest(), seals).checkOf(TOP))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> new BatchViewSnapshot(another, "0", seals))
                .hasMessage("Invalid digest of definition: 0 (must be 64 hexadecimal digits)");
        assertThatThrownBy(() -> new BatchViewSnapshot(another, seals, "1"))
                .hasMessage("Invalid digest of seals: 1 (must be 64 hexadecimal digits)");
        assertThat(new BatchView.Hole("hour=01/", "not sealed")).hasToString("hour=01/: not sealed");
    }

    @Test
    void theFirstAndTheEmptyAreWhatTheyAreCalled() {
        assertThat(BatchView.empty(TOP)).isEqualTo(new BatchView("top", Instant.MIN, List.of(), List.of()));
        assertThat(Retention.forgettableBefore(List.of())).isEqualTo(Instant.MIN);
        assertThat(Retention.forgettableBefore(List.of(Instant.EPOCH.plusSeconds(1), Instant.EPOCH)))
                .isEqualTo(Instant.EPOCH);
        assertThat(SpeedStore.WriterId.only()).hasToString("0 of 1");
        assertThat(SpeedStore.Contents.none())
                .isEqualTo(new SpeedStore.Contents(List.of(), Optional.empty(), Instant.MIN, Optional.empty(), false));
        assertThat(SpeedStore.Start.empty("job")).isEqualTo(new SpeedStore.Start("job", Instant.MIN, Optional.empty()));
        SpeedStore.Checkpoint checkpoint = new SpeedStore.Checkpoint(1, 2);
        assertThat(SpeedStore.Start.resuming("job", checkpoint, Instant.EPOCH))
                .isEqualTo(new SpeedStore.Start("job", Instant.EPOCH, Optional.of(checkpoint)));
    }

    @Test
    void rangesAreHalfOpen() {
        LocalDateTime noon = LocalDateTime.parse("1970-01-02T12:00:00");
        TimeRange range = new TimeRange(noon, noon.plusSeconds(2));
        assertThat(range.firstSecond()).isEqualTo(129_600);
        assertThat(range.endSecond()).isEqualTo(129_602);
        assertThat(new TimeRange(noon, noon.plusNanos(1)).endSecond()).isEqualTo(129_601);
        assertThat(range.contains(range)).isTrue();
        assertThat(range.contains(new TimeRange(noon.minusNanos(1), noon.plusSeconds(1))))
                .isFalse();
        assertThat(range.contains(new TimeRange(noon, noon.plusSeconds(3)))).isFalse();
        assertThat(TimeRange.ofSeconds(129_600, 129_602)).isEqualTo(range);
    }
}
