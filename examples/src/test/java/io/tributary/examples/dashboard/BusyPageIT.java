package io.tributary.examples.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.tributary.examples.data.Catalogue;
import io.tributary.examples.data.OrderGenerator;
import io.tributary.examples.pipeline.DashboardViews;
import io.tributary.retail.EnrichedOrder;
import io.tributary.serving.InMemorySpeedStore;
import io.tributary.serving.LambdaView;
import io.tributary.serving.SpeedWrites;
import io.tributary.serving.http.HttpOptions;
import io.tributary.serving.http.LiveRecords;
import io.tributary.serving.http.ViewServer;
import io.tributary.view.IngestSlice;
import io.tributary.view.Slices;
import io.tributary.view.SpeedStore.Start;
import io.tributary.view.SpeedStore.Writer;
import io.tributary.view.SpeedStore.WriterId;
import io.tributary.view.View;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The page while all its views change fifty times a second. */
@Timeout(120)
class BusyPageIT {
    private static final int UPDATES = 250;
    private static final Duration BETWEEN = Duration.ofMillis(20);
    private static final Instant PARTITION = Instant.parse("2023-09-07T04:00:00Z");
    private static final HttpOptions OPTIONS =
            HttpOptions.defaults().withPort(0).withPage("/dashboard").withRefreshInterval(BETWEEN);

    /** Counts the events that the page reads, its frames, and tasks during which it could not have answered a user. */
    private static final String COUNTING = """
            window.seen = { events: 0, gaps: [], long: [] };
            const parse = JSON.parse;
            JSON.parse = (text, ...more) => {
              const value = parse(text, ...more);
              if (value && value.view) window.seen.events++;
              return value;
            };
            let last = performance.now();
            const frame = now => { window.seen.gaps.push(now - last); last = now; requestAnimationFrame(frame); };
            requestAnimationFrame(frame);
            new PerformanceObserver(list => list.getEntries().forEach(task => window.seen.long.push(task.duration)))
              .observe({ type: 'longtask' });
            """;

    private final InMemorySpeedStore store = InMemorySpeedStore.create();
    private final LiveRecords<EnrichedOrder> records = LiveRecords.of(EnrichedOrder.SCHEMA);

    @Test
    void showsTheLastStateOfFiftyUpdatesASecond() throws Exception {
        Catalogue catalogue = Catalogue.of(7);
        List<EnrichedOrder> orders = new ArrayList<>();
        OrderGenerator.of(catalogue, 7, 2_000 + UPDATES)
                .orders()
                .forEachRemaining(order -> orders.add(EnrichedOrder.of(
                        order, catalogue.find(order.productCode()).orElseThrow(), PARTITION)));
        List<Feed> feeds = new ArrayList<>();
        DashboardViews.all().forEach(view -> feeds.add(new Feed(view)));
        put(feeds, orders.subList(0, 2_000), 1);
        try (ViewServer server = ViewServer.start(
                        DashboardViews.all().stream()
                                .map(view -> LambdaView.of(view, store))
                                .toList(),
                        records,
                        OPTIONS);
                Browser browser = Browser.start()) {
            Page page = browser.page(1360, 900, ColorScheme.LIGHT);
            page.addInitScript(COUNTING);
            page.navigate(server.uri() + "?lang=en");
            assertThat(page.locator("#all-sales")).hasText(won(orders.subList(0, 2_000)));
            page.evaluate("window.seen.events = 0, window.seen.gaps = [], window.seen.long = []");

            long start = System.nanoTime();
            for (int i = 0; i < UPDATES; i++) {
                put(feeds, orders.subList(2_000 + i, 2_001 + i), 2 + i);
                records.accept(orders.get(2_000 + i));
                TimeUnit.NANOSECONDS.sleep(start + (i + 1) * BETWEEN.toNanos() - System.nanoTime());
            }
            double seconds = (System.nanoTime() - start) / 1e9;
            assertThat(page.locator("#all-sales")).hasText(won(orders));

            Map<?, ?> seen = (Map<?, ?>) page.evaluate("window.seen");
            List<Double> gaps = sorted(seen.get("gaps"));
            List<Double> stalls = sorted(seen.get("long"));
            System.out.printf(
                    "busy page: %d updates of %d views in %.1f s, %s events read, %d frames, between two of them half the"
                            + " time at most %.0f ms and in 99 of 100 %.0f ms; %d tasks over 50 ms, the longest %.0f ms%n",
                    UPDATES,
                    DashboardViews.all().size(),
                    seconds,
                    seen.get("events"),
                    gaps.size(),
                    gaps.get(gaps.size() / 2),
                    gaps.get(gaps.size() * 99 / 100),
                    stalls.size(),
                    stalls.isEmpty() ? 0 : stalls.get(stalls.size() - 1));
            assertThat(((Number) seen.get("events")).intValue()).isGreaterThan(UPDATES);
            Browser.screenshot(page, "desktop-busy");
            assertThat(browser.complaints()).isEmpty();
        }
    }

    private static List<Double> sorted(Object numbers) {
        return ((List<?>) numbers)
                .stream()
                        .map(number -> ((Number) number).doubleValue())
                        .sorted()
                        .toList();
    }

    private static String won(List<EnrichedOrder> orders) {
        BigDecimal sum = orders.stream().map(EnrichedOrder::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
        return String.format(Locale.ROOT, "₩%,d", sum.longValueExact());
    }

    private static void put(List<Feed> feeds, List<EnrichedOrder> orders, long checkpoint) {
        feeds.forEach(feed -> feed.put(orders, checkpoint));
    }

    /** One view's writer, and all that it was sent. */
    private final class Feed {
        private final Slices<EnrichedOrder> slices;
        private final Writer writer;

        private Feed(View<EnrichedOrder> view) {
            this.slices = view.slices();
            this.writer = store.writer(view, WriterId.only(), Start.empty("test"));
        }

        private void put(List<EnrichedOrder> orders, long checkpoint) {
            slices.addAll(orders);
            SpeedWrites.commit(
                    writer,
                    checkpoint,
                    slices.toList().stream()
                            .map(slice -> new IngestSlice(PARTITION, slice))
                            .toList());
        }
    }
}
