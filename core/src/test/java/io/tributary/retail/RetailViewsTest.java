package io.tributary.retail;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.schema.Column;
import io.tributary.schema.Schema;
import io.tributary.view.NaiveView;
import io.tributary.view.SlicePartial;
import io.tributary.view.Slices;
import io.tributary.view.View;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.Function;
import java.util.function.Predicate;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RetailViewsTest {
    private record Visit(Object date, String store, String register, String receipt) {}

    @Property(tries = 60)
    void everyViewMeansWhatPlainCollectionsSay(@ForAll long seed, @ForAll @IntRange(max = 80) int size) {
        List<EnrichedOrder> orders = new RandomOrders(seed, 2).list(size);
        List<EnrichedOrder> shuffled = new ArrayList<>(orders);
        Collections.shuffle(shuffled, new Random(seed));
        for (View<EnrichedOrder> view : RetailViews.all()) {
            Slices<EnrichedOrder> first = view.slices();
            Slices<EnrichedOrder> second = view.slices();
            first.addAll(shuffled.subList(0, size / 3));
            second.addAll(shuffled.subList(size / 3, size));
            List<SlicePartial> slices = new ArrayList<>(second.toList());
            slices.addAll(first.toList());

            assertThat(view.rows(slices)).as(view.name()).isEqualTo(naive(view).rows(orders));
        }
    }

    private static NaiveView<EnrichedOrder> naive(View<EnrichedOrder> view) {
        Map<String, Function<List<EnrichedOrder>, @Nullable Object>> measures = new LinkedHashMap<>();
        view.measures().keySet().forEach(measure -> measures.put(measure, plain(measure)));
        Predicate<Map<String, @Nullable Object>> having = switch (view.name()) {
            case "hourly-division-sales-over-20000" ->
                row -> row.get("division_name") != null
                        && row.get("sum_of_mount") instanceof BigDecimal sum
                        && sum.compareTo(BigDecimal.valueOf(20_000)) > 0;
            case "hourly-top3-divisions-without-tobacco" ->
                row -> row.get("division_name") != null && !"담배".equals(row.get("division_name"));
            default -> row -> true;
        };
        return new NaiveView<>(view, EnrichedOrder::dateTime, measures, having);
    }

    private static Function<List<EnrichedOrder>, @Nullable Object> plain(String measure) {
        return switch (measure) {
            case "cnt", "cnt_of_sales", "cnt_of_daily_sales" -> orders -> (long) orders.size();
            case "mount", "sum_of_sales", "sum_of_mount", "sum_of_daily_sales" ->
                orders -> orders.stream().map(EnrichedOrder::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
            case "last_tr_datetime" ->
                orders -> orders.stream()
                        .map(EnrichedOrder::dateTime)
                        .max(Comparator.<LocalDateTime>naturalOrder())
                        .orElse(null);
            case "visitors" ->
                orders -> orders.stream()
                        .map(order ->
                                new Visit(order.date(), order.storeCode(), order.posNumber(), order.receiptNumber()))
                        .distinct()
                        .count();
            case "distinct_receipt_num" ->
                orders -> orders.stream()
                        .map(EnrichedOrder::receiptNumber)
                        .distinct()
                        .count();
            default -> throw new IllegalArgumentException("Invalid measure: " + measure);
        };
    }

    @Test
    void everyViewHasItsDefinition() {
        assertThat(RetailViews.all())
                .extracting(View::definition)
                .containsExactly(
                        "view division-sales over transaction_order"
                                + " window none group by [division_name]"
                                + " measures {cnt_of_sales=count(*), sum_of_sales=sum(mount)}",
                        "view hourly-category-sales over transaction_order"
                                + " window tumble(tr_datetime) every PT1H group by [division_name, maincategory_name]"
                                + " measures {sum_of_mount=sum(mount)}",
                        "view today-sales over transaction_order"
                                + " window none group by []"
                                + " measures {last_tr_datetime=max(tr_datetime),"
                                + " visitors=set[tr_date, store_cd, pos_num, receipt_num],"
                                + " distinct_receipt_num=set[receipt_num], sum_of_mount=sum(mount)}",
                        "view hourly-sales over transaction_order"
                                + " window tumble(tr_datetime) every PT1H group by []"
                                + " measures {sum_of_mount=sum(mount)}",
                        "view cumulative-daily-sales over transaction_order"
                                + " window cumulate(tr_datetime) step PT1H up to PT24H"
                                + " group by [] measures {sum_of_mount=sum(mount)}",
                        "view hourly-division-sales-over-20000 over transaction_order"
                                + " window tumble(tr_datetime) every PT1H rollup [division_name]"
                                + " measures {sum_of_mount=sum(mount)}"
                                + " having (not division_name is null and sum_of_mount > '20000')",
                        "view hourly-top3-divisions over transaction_order"
                                + " window tumble(tr_datetime) every PT1H group by [division_name]"
                                + " measures {mount=sum(mount), cnt=count(*)} descending by mount top 3",
                        "view hourly-top3-divisions-without-tobacco over transaction_order"
                                + " window tumble(tr_datetime) every PT1H group by [division_name]"
                                + " measures {mount=sum(mount), cnt=count(*)}"
                                + " having not division_name = '담배' descending by mount top 3",
                        "view daily-sales over transaction_order"
                                + " window none group by [tr_date]"
                                + " measures {cnt_of_daily_sales=count(*), sum_of_daily_sales=sum(mount)}",
                        "view trading-hours over transaction_order"
                                + " window none group by [tr_date, tr_time]"
                                + " measures {cnt_of_daily_sales=count(*), sum_of_daily_sales=sum(mount)}",
                        "view category-sales over transaction_order"
                                + " window none group by [division_name, maincategory_name, subcategory_name]"
                                + " measures {cnt_of_sales=count(*), sum_of_sales=sum(mount)} descending by sum_of_sales");
    }

    @Test
    void viewsAreFoundByNameAndByLab() {
        assertThat(RetailViews.byLab().keySet())
                .containsExactly("lab2", "lab3", "lab4", "lab5", "lab6", "lab7", "lab8", "lab8-no-tobacco");
        assertThat(RetailViews.byLab().values())
                .containsExactlyElementsOf(RetailViews.all().subList(0, 8));
        assertThat(RetailViews.find("lab6")).contains(RetailViews.CUMULATIVE_DAILY_SALES);
        for (View<EnrichedOrder> view : RetailViews.all()) {
            assertThat(RetailViews.find(view.name())).contains(view);
        }
        assertThat(RetailViews.find("lab9")).isEmpty();
    }

    @Test
    void viewsWorkAfterTheirWayToACluster() throws Exception {
        List<EnrichedOrder> orders = new RandomOrders(42, 2).list(300);
        for (View<EnrichedOrder> view : RetailViews.all()) {
            View<EnrichedOrder> copy = travelled(view);
            Slices<EnrichedOrder> there = copy.slices();
            there.addAll(orders);
            Slices<EnrichedOrder> here = view.slices();
            here.addAll(orders);

            assertThat(copy.definition()).isEqualTo(view.definition());
            assertThat(copy.rows(there.toList())).as(view.name()).isEqualTo(view.rows(here.toList()));
            assertThat(view.rows(there.toList())).isEqualTo(view.rows(here.toList()));
        }
    }

    @Test
    void schemasAndColumnsWorkAfterTheirWayToACluster() throws Exception {
        EnrichedOrder order = new RandomOrders(1, 1).list(1).get(0);
        Schema<EnrichedOrder> copy = travelled(EnrichedOrder.SCHEMA);
        List<@Nullable Object> values = new ArrayList<>();
        for (Column<EnrichedOrder, ?> column : copy.columns()) {
            Column<EnrichedOrder, ?> alone = travelled(column);
            assertThat(alone).isEqualTo(column).hasSameHashCodeAs(column);
            assertThat(alone.comment()).isEqualTo(column.comment());
            assertThat((Object) copy.column(column.name()).orElseThrow()).isEqualTo(column);
            values.add(alone.get(order));
        }
        assertThat(copy.create(values.toArray())).isEqualTo(order);
        assertThat(copy).hasToString(EnrichedOrder.SCHEMA.toString());
    }

    @SuppressWarnings("unchecked") // what comes back is of the class that was sent
    private static <T> T travelled(T object) throws IOException, ClassNotFoundException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(object);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return (T) Objects.requireNonNull(in.readObject());
        }
    }
}
