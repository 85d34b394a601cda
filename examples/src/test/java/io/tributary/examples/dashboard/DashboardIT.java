package io.tributary.examples.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.tributary.examples.data.Catalogue;
import io.tributary.examples.data.OrderGenerator;
import io.tributary.examples.pipeline.CheckedReplay;
import io.tributary.examples.pipeline.DashboardViews;
import io.tributary.examples.pipeline.EmbeddedPipeline;
import io.tributary.retail.EnrichedOrder;
import io.tributary.retail.RetailViews;
import io.tributary.serving.http.HttpOptions;
import io.tributary.serving.http.LiveRecords;
import io.tributary.serving.http.ViewServer;
import io.tributary.view.Row;
import io.tributary.view.Slices;
import io.tributary.view.View;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.text.NumberFormat;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page in a browser, over a pipeline that replays orders. */
class DashboardIT {
    private static final Catalogue CATALOGUE = Catalogue.of(7);
    private static final OrderGenerator ORDERS = OrderGenerator.of(CATALOGUE, 7, 12_000);
    private static final HttpOptions OPTIONS = HttpOptions.defaults()
            .withPort(0)
            .withRefreshInterval(Duration.ofMillis(20))
            .withPage("/dashboard");

    @TempDir
    private static Path lake;

    private static final List<EnrichedOrder> SENT = new ArrayList<>();
    private static final LiveRecords<EnrichedOrder> RECORDS = LiveRecords.of(EnrichedOrder.SCHEMA);
    /** How many records came after the replay. */
    private static final AtomicInteger AGAIN = new AtomicInteger();

    private static final List<String> SEEN_WHILE_REPLAYING = new ArrayList<>();

    private static EmbeddedPipeline pipeline;
    private static ViewServer server;
    private static Browser browser;
    private static Page page;

    /** Opens the page half way through the replay, which waits for it and then goes on. */
    @BeforeAll
    static void replay() throws Exception {
        pipeline = EmbeddedPipeline.start(lake, DashboardViews.all());
        server = ViewServer.start(pipeline.views(), RECORDS, OPTIONS);
        CountDownLatch halfWay = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        ExecutorService replaying = Executors.newSingleThreadExecutor();
        Future<?> replay = replaying.submit(() -> run(halfWay, goOn));
        browser = Browser.start();
        page = browser.page(1360, 900, ColorScheme.LIGHT);
        halfWay.await();
        if (replay.isDone()) {
            replay.get();
        }
        page.navigate(server.uri().toString());
        assertThat(page.locator("#all-sales")).containsText("₩");
        SEEN_WHILE_REPLAYING.add(page.locator("#all-sales").textContent());
        Browser.screenshot(page, "desktop-replay");
        goOn.countDown();
        replay.get();
        replaying.shutdown();
    }

    private static void run(CountDownLatch halfWay, CountDownLatch goOn) {
        CheckedReplay.Listener listener = new CheckedReplay.Listener() {
            @Override
            public void sent(EnrichedOrder order, long count) throws InterruptedException {
                SENT.add(order);
                RECORDS.accept(order);
                if (count == 6_000) {
                    halfWay.countDown();
                    goOn.await();
                }
            }

            @Override
            public void checked(CheckedReplay.Check check) {
                assertThat(check.wrong()).isEmpty();
            }
        };
        try {
            new CheckedReplay(pipeline, List.of(RetailViews.DIVISION_SALES), listener, CheckedReplay.PATIENCE)
                    .run(ORDERS);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        } finally {
            halfWay.countDown();
        }
    }

    @AfterAll
    static void stop() throws Exception {
        browser.close();
        server.close();
        pipeline.close();
    }

    @AfterEach
    void noComplaint() {
        assertThat(browser.complaints()).isEmpty();
    }

    private static String accepted() {
        return NumberFormat.getInstance(Locale.ENGLISH).format(12_000L + AGAIN.get());
    }

    private static List<Row> fold(View<EnrichedOrder> view) {
        Slices<EnrichedOrder> slices = view.slices();
        slices.addAll(SENT);
        return view.rows(slices.toList());
    }

    private static String won(Object amount) {
        return NumberFormat.getCurrencyInstance(Locale.KOREA).format((BigDecimal) amount);
    }

    private static void open(String query) {
        page.navigate(server.uri() + "?" + query);
        assertThat(page.locator("#link")).hasAttribute("data-state", "live");
    }

    private static Locator rows(String card) {
        return page.locator("#%s tbody tr".formatted(card));
    }

    @Test
    void showsTheFoldOnceTheReplayIsDone() {
        open("lang=ko&table=daily");
        Row all = fold(RetailViews.TODAY_SALES).get(0);
        List<Row> days = fold(DashboardViews.DAY_SALES);
        Row day = days.get(days.size() - 1);

        assertThat(page.locator("#all-sales")).hasText(won(all.measures().get(3)));
        assertThat(page.locator("#today-day")).hasText("2015-06-30");
        assertThat(page.locator("#today-sales")).hasText(won(day.measures().get(2)));
        assertThat(page.locator("#today-visitors")).hasText("" + day.measures().get(1));
        assertThat(SEEN_WHILE_REPLAYING.get(0)).isNotEqualTo(won(all.measures().get(3)));
        assertThat(rows("daily")).hasCount(fold(RetailViews.DAILY_SALES).size());
        List<Row> daily = fold(RetailViews.DAILY_SALES);
        assertThat(rows("daily").first().locator("td").nth(1))
                .hasText(won(daily.get(daily.size() - 1).measures().get(1)));
        assertThat(page.locator("#coverage-badge")).hasText("완전함");
        assertThat(page.locator("#coverage-text")).containsText("2023. 9. 8. 오후 4:00 UTC");
        assertThat(rows("stream")).hasCount(30);
        assertThat(page.locator("#stream .note")).containsText(accepted());
        assertThat(page.locator("#daily a")).hasAttribute("href", "/api/views/daily-sales?format=csv");
    }

    @Test
    void hoursStandInTheOrderOfNumbers() {
        open("lang=en&table=by-hour");

        assertThat(rows("by-hour")).hasCount(24);
        List<String> hours = rows("by-hour").locator("td:first-child").allTextContents();
        assertThat(hours).startsWith("0:00", "1:00", "2:00").endsWith("22:00", "23:00");
    }

    @Test
    void sharesItsFiltersByTheAddress() {
        open("lang=ko&table=daily&table=trend");
        page.locator("#from").fill("2015-03-01");
        page.locator("#to").fill("2015-03-04");
        assertThat(rows("daily")).hasCount(4);
        assertThat(page.locator("#today-day")).hasText("2015-03-04");
        long hours = fold(RetailViews.HOURLY_SALES).stream()
                .filter(row -> row.window().start().toString().compareTo("2015-03-01") >= 0
                        && row.window().start().toString().compareTo("2015-03-05") < 0)
                .count();
        assertThat(rows("trend")).hasCount((int) hours);
        assertThat(page.locator("#trend a"))
                .hasAttribute("href", "/api/views/hourly-sales?format=csv&from=2015-03-01&to=2015-03-05");

        page.reload();
        assertThat(rows("daily")).hasCount(4);
        assertThat(page.locator("#from")).hasValue("2015-03-01");
        page.locator("#to").fill("2015-02-01");
        assertThat(page.locator("#range-error")).containsText("종료일은");
        page.locator("#clear").click();
        assertThat(page.locator("#range-error")).isEmpty();
        assertThat(page.locator("#today-day")).hasText("2015-06-30");
    }

    @Test
    void theLastDaysAreDays() {
        open("lang=en&table=trend");
        assertThat(rows("trend").first()).isVisible();
        List<LocalDateTime> hours = rows("trend").locator("td:first-child").allTextContents().stream()
                .map(hour -> LocalDateTime.parse(hour.replace(' ', 'T')))
                .toList();

        assertThat(hours).isSortedAccordingTo(Comparator.reverseOrder());
        assertThat(hours.get(hours.size() - 1)).isAfter(hours.get(0).minusDays(7));
    }

    @Test
    void tellsOfTheRowsThatATableLeavesOut() {
        open("lang=en&table=trend&from=2015-03-01&to=2015-03-31");
        long hours = fold(RetailViews.HOURLY_SALES).stream()
                .filter(row -> row.window().start().toString().startsWith("2015-03"))
                .count();
        assertThat(rows("trend")).hasCount(301);
        assertThat(rows("trend").last()).hasText("… %d more (CSV)".formatted(hours - 300));
        Browser.screenshot(page, "desktop-many-rows");
        page.locator("#trend .tools button").click();
        Browser.screenshot(page, "desktop-month");
    }

    @Test
    void leavesTobaccoOut() {
        open("lang=ko&table=top3");
        assertThat(rows("top3")
                        .filter(new Locator.FilterOptions().setHasText("담배"))
                        .first())
                .isVisible();
        page.locator("#tobacco").click();

        assertThat(page.locator("#tobacco")).hasAttribute("aria-pressed", "true");
        assertThat(rows("top3").filter(new Locator.FilterOptions().setHasText("담배")))
                .hasCount(0);
        assertThat(rows("top3").first()).isVisible();
        assertThat(page.url()).contains("tobacco=no");
    }

    /** By its name: which is the first may change at any moment. */
    private Locator category(String name) {
        return rows("categories")
                .getByRole(
                        AriaRole.BUTTON,
                        new Locator.GetByRoleOptions().setName(name).setExact(true));
    }

    @Test
    void drillsDownByKeyboardAndByPointer() {
        open("lang=ko&table=categories");
        String division = rows("categories").first().locator("button").textContent();
        category(division).press("Enter");
        assertThat(page.locator("#categories .crumbs li")).hasCount(2);
        String category = rows("categories").first().locator("button").textContent();
        category(category).click();
        assertThat(page.locator("#categories .crumbs li")).hasText(new String[] {"전체", division, category});
        assertThat(rows("categories").locator("button")).hasCount(0);

        page.reload();
        assertThat(page.locator("#categories .crumbs li")).hasText(new String[] {"전체", division, category});
        page.locator("#categories .crumbs button").first().click();
        page.locator("#categories .tools button").click();
        page.locator("#categories-plot canvas").click();
        assertThat(page.locator("#categories .crumbs li")).hasCount(2);
    }

    @Test
    void speaksBothLanguages() {
        open("lang=ko");
        assertThat(page.locator("html")).hasAttribute("lang", "ko");
        page.locator("#language").click();

        assertThat(page.locator("html")).hasAttribute("lang", "en");
        assertThat(page.locator("#daily h2")).hasText("Daily sales");
        assertThat(page.locator("#coverage-badge")).hasText("Complete");
        assertThat(page).hasTitle("Convenience store sales");
        page.locator("#theme").click();
        assertThat(page.locator("html")).hasAttribute("data-theme", "dark");
        page.reload();
        assertThat(page.locator("html")).hasAttribute("data-theme", "dark");
        assertThat(page.locator("html")).hasAttribute("lang", "en");
    }

    @Test
    void losesAndRegainsTheConnection() {
        open("lang=en");
        assertThat(rows("stream")).hasCount(30);
        page.locator("#pause").click();
        int port = server.port();
        server.close();
        assertThat(page.locator("#link")).hasAttribute("data-state", "lost");
        assertThat(page.locator("#all-sales")).containsText("₩");

        server = ViewServer.start(pipeline.views(), RECORDS, OPTIONS.withPort(port));
        assertThat(page.locator("#link")).hasAttribute("data-state", "live");
        assertThat(page.locator("#link-text")).hasText("Live");
        RECORDS.accept(SENT.get(0));
        AGAIN.incrementAndGet();
        assertThat(page.locator("#stream .note")).containsText(accepted());
        assertThat(rows("stream")).hasCount(30);
    }

    @Test
    void hasNoSeriousBarriers() throws Exception {
        AxeCore axe = AxeCore.install();
        for (String theme : List.of("light", "dark")) {
            for (String language : List.of("ko", "en")) {
                open("lang=%s&theme=%s&table=daily&table=categories".formatted(language, theme));
                assertThat(rows("daily").first()).isVisible();
                assertThat(axe.violations(page)).as("%s, %s", language, theme).isEmpty();
            }
        }
    }

    /** The first stop of the tabulator key leads past the header. */
    @Test
    void canBeWalkedByKeyboard() {
        open("lang=en");
        page.keyboard().press("Tab");
        assertThat(page.locator(".skip")).isFocused();
        page.keyboard().press("Enter");
        assertThat(page.locator("#charts")).isFocused();
    }

    @Test
    void nothingIsWiderThanTheScreen() {
        for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            for (int width : List.of(1360, 390)) {
                Page view = browser.page(width, 900, scheme);
                view.navigate(server.uri() + (scheme == ColorScheme.LIGHT ? "?lang=ko" : "?lang=en"));
                assertThat(view.locator("#top3-plot canvas")).isVisible();
                assertThat(view.locator("#today-day")).hasText(Pattern.compile("2015-.*"));
                Browser.screenshot(
                        view,
                        "%s-%s"
                                .formatted(
                                        width > 1000 ? "desktop" : "phone",
                                        scheme.name().toLowerCase(Locale.ROOT)));
                assertThat((Boolean) view.evaluate("() => document.documentElement.scrollWidth <= innerWidth"))
                        .as("nothing is wider than the screen")
                        .isTrue();
                view.close();
            }
        }
        assertThat(Browser.SCREENSHOTS.resolve("phone-dark.png")).isNotEmptyFile();
    }
}
