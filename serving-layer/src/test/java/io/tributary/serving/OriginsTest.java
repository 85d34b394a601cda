package io.tributary.serving;

import static io.tributary.retail.RandomOrders.partition;
import static io.tributary.retail.RandomOrders.partitionOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.retail.EnrichedOrder;
import io.tributary.retail.RandomOrders;
import io.tributary.retail.RetailViews;
import io.tributary.view.BatchView;
import io.tributary.view.Measure;
import io.tributary.view.Origin;
import io.tributary.view.Row;
import io.tributary.view.Slices;
import io.tributary.view.View;
import io.tributary.view.Window;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OriginsTest {
    private static final int CUT = 3;

    private final List<EnrichedOrder> orders = new RandomOrders(11, 6).list(120);

    /** A row's window, dimensions and grouping, whatever its values. */
    private static Object place(Row row) {
        return List.of(Objects.requireNonNullElse(row.window(), ""), row.dimensions(), row.grouping());
    }

    private static List<Row> rows(View<EnrichedOrder> view, List<EnrichedOrder> orders) {
        Slices<EnrichedOrder> slices = view.slices();
        slices.addAll(orders);
        return view.rows(slices.toList());
    }

    private static Set<Object> places(View<EnrichedOrder> view, List<EnrichedOrder> orders) {
        Set<Object> places = new HashSet<>();
        rows(view, orders).forEach(row -> places.add(place(row)));
        return places;
    }

    /** Of views that keep all rows: which layer has a row of that place by itself. */
    @ParameterizedTest
    @CsvSource({"division-sales", "lab3", "lab4", "lab5", "lab6", "daily-sales", "trading-hours", "category-sales"})
    void aRowComesFromTheLayersThatHaveRecordsOfIt(String name) {
        assertOrigins(RetailViews.find(name).orElseThrow());
    }

    @Test
    void aTotalComesFromTheLayersThatHaveRecordsOfAnyOfItsRows() {
        assertOrigins(View.named("division-totals")
                .over(EnrichedOrder.SCHEMA)
                .window(Window.tumble(EnrichedOrder.TR_DATETIME).every(Duration.ofHours(1)))
                .rollup(EnrichedOrder.DIVISION_NAME, EnrichedOrder.MAINCATEGORY_NAME)
                .measure("cnt", Measure.count())
                .build());
    }

    private void assertOrigins(View<EnrichedOrder> view) {
        InMemorySpeedStore store = InMemorySpeedStore.create();
        SpeedWrites.commit(store, view, SpeedWrites.slices(view, orders));
        List<EnrichedOrder> before = orders.stream()
                .filter(order -> partitionOf(order).isBefore(partition(CUT)))
                .toList();
        List<EnrichedOrder> from = orders.stream()
                .filter(order -> !partitionOf(order).isBefore(partition(CUT)))
                .toList();
        Slices<EnrichedOrder> batch = view.slices();
        batch.addAll(before);
        Answer answer = LambdaView.of(
                        view, new BatchView(view.name(), partition(CUT), batch.toList(), List.of()), store)
                .read();
        Set<Object> inBatch = places(view, before);
        Set<Object> inSpeed = places(view, from);

        assertThat(answer.rows()).isNotEmpty().isEqualTo(rows(view, orders));
        for (int i = 0; i < answer.rows().size(); i++) {
            Object place = place(answer.rows().get(i));
            Origin expected =
                    !inSpeed.contains(place) ? Origin.BATCH : inBatch.contains(place) ? Origin.BOTH : Origin.SPEED;
            assertThat(answer.origins().get(i)).as("%s", place).isEqualTo(expected);
        }
    }
}
