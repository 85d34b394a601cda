package io.tributary.view;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

/** Rows window by window are the rows of all windows. */
class WindowRowsTest {
    private static final Comparator<TimeRange> ORDER =
            Comparator.comparing(TimeRange::start).thenComparing(TimeRange::end);

    @Provide
    Arbitrary<List<Sale>> sales() {
        return AwkwardSales.lists(25);
    }

    @Property(tries = 100)
    void ofAView(@ForAll("sales") List<Sale> sales) {
        same(sales, windowed("plain").groupBy(Sale.TILL, Sale.OWN).build());
    }

    @Property(tries = 100)
    void ofARollup(@ForAll("sales") List<Sale> sales) {
        same(sales, windowed("rolled-up").rollup(Sale.TILL, Sale.OWN).build());
    }

    @Property(tries = 100)
    void ofARanking(@ForAll("sales") List<Sale> sales) {
        same(sales, windowed("ranked").groupBy(Sale.TILL).top(2).by("n").build());
    }

    private static ViewBuilder<Sale> windowed(String name) {
        return SaleViews.everything(name)
                .window(Window.cumulate(Sale.TIME).step(ofSeconds(700)).upTo(ofSeconds(2_800)));
    }

    private static void same(List<Sale> sales, View<Sale> view) {
        Slicer<Sale> slicer = view.slicer();
        Map<TimeRange, Map<List<@Nullable Object>, Partial>> windows = new TreeMap<>(ORDER);
        for (Sale sale : sales) {
            SliceKey key = slicer.keyOf(sale);
            view.window()
                    .windowsOf(
                            key.slice(),
                            (start, end) -> slicer.add(
                                    windows.computeIfAbsent(TimeRange.ofSeconds(start, end), range -> new HashMap<>())
                                            .computeIfAbsent(key.dimensions(), dimensions -> slicer.empty()),
                                    sale));
        }
        List<Row> byWindow = new ArrayList<>();
        windows.forEach((window, partials) -> byWindow.addAll(view.windowRows(window, partials)));
        Slices<Sale> slices = view.slices();
        slices.addAll(sales);
        List<Row> all = view.rows(slices.toList());

        assertThat(byWindow).isEqualTo(all);
        assertThat(all).isSortedAccordingTo(view.order());
    }
}
