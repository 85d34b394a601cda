package io.tributary.examples.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.ColorScheme;
import io.tributary.examples.pipeline.DashboardViews;
import io.tributary.retail.EnrichedOrder;
import io.tributary.serving.InMemorySpeedStore;
import io.tributary.serving.LambdaView;
import io.tributary.serving.SpeedWrites;
import io.tributary.serving.WrappedSpeedStore;
import io.tributary.serving.http.HttpOptions;
import io.tributary.serving.http.ViewServer;
import io.tributary.view.TimeRange;
import io.tributary.view.View;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The page of a server that wants a token and shows no records, with wrong addresses and a store that fails. */
class TroubledPageIT {
    private static final String TOKEN = "a+token/of%this&test=\"<`>";
    private static final Instant PARTITION = Instant.parse("2023-09-07T04:00:00Z");
    private static final HttpOptions OPTIONS = HttpOptions.defaults()
            .withPort(0)
            .withPage("/dashboard")
            .withRefreshInterval(Duration.ofMillis(20))
            .withMaxRange(Duration.ofDays(31))
            .withToken(TOKEN);

    /** The names of the series, of the legend and of the series with shades, once the first are as told. */
    private static final String NAMES = """
            async wanted => {
              const library = performance.getEntriesByType('resource').find(each => each.name.includes('echarts.esm'));
              const { getInstanceByDom } = await import(library.name);
              for (let left = 100; ; left--) {
                const { series, legend } = getInstanceByDom(document.getElementById('top3-plot'))?.getOption() ?? {};
                const names = series?.map(each => each.name) ?? [];
                if (names.join() === wanted.join() || left === 0) {
                  const shaded = series.filter(each => each.markArea?.data?.length).map(each => each.name);
                  return [names, legend[0].data.map(each => each.name ?? each), shaded];
                }
                await new Promise(resolve => setTimeout(resolve, 100));
              }
            }
            """;

    private static final Outage STORE = new Outage();
    private static final List<EnrichedOrder> SENT = new ArrayList<>();

    private static ViewServer server;
    private static Browser browser;
    private static Page page;

    @BeforeAll
    static void start() {
        send("가", 4_000);
        send("나", 3_000);
        send("다", 2_000);
        send("라", 1_000);
        server = ViewServer.start(
                DashboardViews.all().stream()
                        .map(view -> LambdaView.of(view, STORE))
                        .toList(),
                OPTIONS);
        browser = Browser.start();
        page = browser.page(1360, 900, ColorScheme.LIGHT);
        page.navigate(server.uri() + "#token=" + TOKEN);
    }

    @AfterAll
    static void stop() {
        browser.close();
        server.close();
    }

    /** But those of the browser about answers that were refused on purpose. */
    @AfterEach
    void noComplaint() {
        assertThat(browser.complaints())
                .allMatch(complaint -> complaint.startsWith("Failed to load resource: the server responded"));
    }

    private static void send(String division, int won) {
        LocalDate day = LocalDate.of(2015, 1, 2);
        SENT.add(new EnrichedOrder(
                day,
                20,
                "1",
                "1호점",
                "1",
                "" + SENT.size(),
                "88",
                1,
                BigDecimal.valueOf(won),
                "1",
                division,
                "2",
                "과자",
                "3",
                "쿠키",
                "쿠키",
                false,
                day.atTime(LocalTime.of(20, SENT.size())),
                PARTITION));
        DashboardViews.all().forEach(view -> SpeedWrites.commit(STORE, view, SpeedWrites.slices(view, SENT)));
    }

    private static void open(String query) {
        page.navigate(server.uri() + "?" + query);
    }

    private static void isLive(Page shown) {
        assertThat(shown.locator("#link")).hasAttribute("data-state", "live");
        assertThat(shown.locator("#all-sales")).containsText("₩");
    }

    @Test
    void takesTheTokenOutOfTheAddress() {
        isLive(page);
        assertThat(page.url()).doesNotContain("#", "a+token");

        Page without = browser.page(1360, 900, ColorScheme.LIGHT);
        without.navigate(server.uri() + "?lang=en");
        assertThat(without.locator("#link")).hasAttribute("data-state", "denied");
        without.navigate(server.uri() + "?lang=en#token=" + TOKEN);
        isLive(without);
        assertThat(without.url()).doesNotContain("#", "a+token");
        assertThat(without.locator("#stream")).isHidden();
        without.close();
    }

    @Test
    void tellsThatTheStoreCannotBeRead() {
        open("lang=ko");
        Locator badge = page.locator("#coverage-badge");
        Locator problem = page.locator("#daily .note strong");
        assertThat(badge).hasText("완전함");
        STORE.down = true;
        try {
            assertThat(badge).hasText("데이터를 읽지 못하고 있습니다");
            assertThat(problem).containsText("데이터를 읽지 못하고 있습니다: Cannot read view daily-sales ");
            assertThat(page.locator("#all-sales")).containsText("₩");
            Browser.screenshot(page, "desktop-failing-ko");
            page.locator("#language").click();
            assertThat(badge).hasText("The data cannot be read for now");
            assertThat(problem).containsText("The data cannot be read for now: Cannot read view ");
            Browser.screenshot(page, "desktop-failing-en");
            page.reload();
            assertThat(badge).hasText("The data cannot be read for now");
        } finally {
            STORE.down = false;
        }
        // The server rests for two seconds after a failure.
        assertThat(badge).hasText("Complete", new LocatorAssertions.HasTextOptions().setTimeout(15_000));
        assertThat(problem).isEmpty();
    }

    @Test
    void savesNoRefusalAsData() {
        open("lang=en");
        isLive(page);
        Locator csv = page.locator("#trend a");
        Locator problem = page.locator("#trend .note strong");
        STORE.down = true;
        try {
            csv.click();
            assertThat(problem).containsText("Cannot answer for now");
        } finally {
            STORE.down = false;
        }
        Download saved = page.waitForDownload(csv::click);
        assertThat(saved.suggestedFilename()).isEqualTo("trend.csv");
        assertThat(problem).isEmpty();
        page.context().setOffline(true);
        csv.click();
        assertThat(problem).hasText("The data cannot be read for now");
        page.context().setOffline(false);
    }

    @Test
    void asksForNoWrongRange() {
        open("lang=en&from=2015-03-05&to=2015-03-01&table=daily");
        isLive(page);
        assertThat(page.locator("#range-error")).containsText("must not be before");
        assertThat(page.locator("#daily tbody tr")).hasCount(1);
        assertThat(page.locator("#trend .note")).hasText("The last 7 days");

        for (String day : List.of("2015-13-01", "2015-02-30")) {
            open("lang=en&from=%s&to=%s".formatted(day, day));
            isLive(page);
            assertThat(page.locator("#from")).hasValue("");
            assertThat(page.locator("#range-error")).isEmpty();
        }
    }

    @Test
    void tellsWhatTheServerRefuses() {
        open("lang=en&from=2015-01-01&to=2015-03-01");
        assertThat(page.locator("#link")).hasAttribute("data-state", "refused");
        assertThat(page.locator("#link-text"))
                .hasText("Invalid range: 2015-01-01 to 2015-03-02 (must be at most PT744H long)");
        assertThat(page.locator("#daily .empty")).isEmpty();
        Browser.screenshot(page, "desktop-refused");

        page.locator("#clear").click();
        isLive(page);
    }

    /** A row that is used would lose its focus, so it waits until the table is left. */
    @Test
    void aTableThatWasUsedIsDrawnWhenItIsLeft() {
        open("lang=en&table=categories");
        isLive(page);
        Locator amount = page.locator("#categories tbody tr")
                .filter(new Locator.FilterOptions().setHasText("다"))
                .locator("td")
                .nth(1);
        String before = amount.textContent();
        String total = page.locator("#all-sales").textContent();
        page.locator("#categories tbody button").first().focus();
        send("다", 7);
        assertThat(page.locator("#all-sales")).not().hasText(total);
        // Its view comes with the same beat or the next one, and has been drawn by then.
        page.waitForTimeout(1_000);
        assertThat(amount).hasText(before);
        assertThat(page.locator("#categories tbody button").first()).isFocused();

        page.locator("#language").focus();

        assertThat(amount).not().hasText(before);
    }

    /** What charts.js makes of rows of hours, each with its start, its amount and its origin. */
    private static Object chart(String make, String result, List<List<Object>> hours) {
        return page.evaluate("""
                async hours => {
                  const { trend, top3 } = await import('/js/charts.js');
                  const list = () => hours.map(([start, amount, origin, division_name]) => (
                    { window_start: start, sum_of_mount: amount, mount: amount, origin, division_name }));
                  const { option, size } = %s({ list }, { from: '', to: '', path: [] });
                  return %s;
                }
                """.formatted(make, result), hours);
    }

    @Test
    @SuppressWarnings("unchecked")
    void hoursWithoutDataAreGaps() {
        open("lang=en");
        isLive(page);
        List<List<Object>> hours = List.of(
                List.of("2015-01-02T20:00:00", 5, "batch", "가"),
                List.of("2015-01-02T15:00:00", 7, "batch", "가"),
                List.of("2014-12-26T20:00:00", 9, "batch", "가"));

        List<Object> trend =
                (List<Object>) chart("trend", "[size, option.series[0].data, ...option.xAxis.data]", hours);
        assertThat(trend).hasSize(2 + 6).startsWith(2).contains("01-02 16:00").endsWith("01-02 20:00");
        assertThat((List<Object>) trend.get(1)).hasSize(6).containsSequence(null, null, null, null);
        assertThat((List<Object>) chart("top3", "[option.series[0].data, ...option.xAxis.data]", hours))
                .hasSize(1 + 6)
                .startsWith(Arrays.asList(7, null, null, null, null, 5));
        assertThat(chart("trend", "option.series[0].tooltip.valueFormatter(null)", hours))
                .isEqualTo("–");
    }

    @Test
    void shadesWhatIsNotOfTheBatchLayerAlone() {
        open("lang=en");
        isLive(page);
        String area = "option.series[0].markArea.data.map(([from, to]) => "
                + "[from.xAxis ?? 'start', to.xAxis ?? 'end', from.itemStyle.color])";
        Object speed = page.evaluate("() => getComputedStyle(document.documentElement).getPropertyValue('--speed')");
        Object both = page.evaluate("() => getComputedStyle(document.documentElement).getPropertyValue('--both')");

        assertThat(chart(
                        "top3",
                        area,
                        List.of(
                                List.of("2015-01-02T19:00:00", 5, "batch", "가"),
                                List.of("2015-01-02T20:00:00", 5, "batch", "가"),
                                List.of("2015-01-02T20:00:00", 4, "speed", "나"),
                                List.of("2015-01-02T21:00:00", 5, "speed", "가"))))
                .isEqualTo(List.of(List.of(0, 1, both), List.of(1, "end", speed)));
        assertThat(chart(
                        "trend",
                        area,
                        List.of(
                                List.of("2015-01-02T19:00:00", 5, "speed", ""),
                                List.of("2015-01-02T20:00:00", 5, "batch", ""),
                                List.of("2015-01-02T21:00:00", 5, "batch", ""))))
                .isEqualTo(List.of(List.of("start", 1, speed)));
        assertThat(chart("trend", area, List.of(List.of("2015-01-02T19:00:00", 5, "speed", ""))))
                .isEqualTo(List.of(List.of("start", "end", speed)));
    }

    /** Three of them, as before, but others. */
    @Test
    @SuppressWarnings("unchecked")
    void namesTheDivisionsThatAreShown() {
        open("lang=en");
        isLive(page);
        List<String> before = List.of("가", "나", "다");
        assertThat((List<Object>) page.evaluate(NAMES, before)).containsExactly(before, before, List.of("가"));
        send("라", 5_000);
        List<String> after = List.of("라", "가", "나");

        assertThat((List<Object>) page.evaluate(NAMES, after)).containsExactly(after, after, List.of("라"));
    }

    @Test
    void theTailOutlivesAProblem() {
        open("lang=en");
        Object taken = page.evaluate("""
                async () => {
                  const { Tail } = await import('/js/tail.js');
                  const tail = new Tail();
                  tail.take('set', { accepted: 1, rows: [{}] });
                  tail.take('problem', { detail: 'gone' });
                  return tail.records.length;
                }
                """);

        assertThat(taken).isEqualTo(1);
    }

    /** A store that cannot be read for a while. */
    private static final class Outage extends WrappedSpeedStore {
        private volatile boolean down;

        Outage() {
            super(InMemorySpeedStore.create());
        }

        @Override
        public Contents read(View<?> view, Instant cut, TimeRange range, State state) {
            if (down) {
                throw new IllegalStateException("Cannot read the store: it is down for a while");
            }
            return super.read(view, cut, range, state);
        }

        @Override
        public void close() {}
    }
}
