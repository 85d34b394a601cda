package io.tributary.examples.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.tributary.examples.pipeline.DashboardViews;
import io.tributary.retail.EnrichedOrder;
import io.tributary.serving.InMemorySpeedStore;
import io.tributary.serving.LambdaView;
import io.tributary.serving.SpeedWrites;
import io.tributary.serving.http.HttpOptions;
import io.tributary.serving.http.LiveRecords;
import io.tributary.serving.http.ViewServer;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Names that want to be more than text, and a page without any data. */
class HostileNamesIT {
    private static final List<String> NAMES = List.of(
            "<script>document.title='taken'</script>",
            "<img src=x onerror=\"document.title='taken'\">",
            "\"quoted\" & 'single' {a|rich} </td>",
            "👨‍👩‍👧 가족 세트 🍙",
            "שלום \u202ereversed\u202c مرحبا",
            "아주 긴 이름의 프리미엄 유기농 무항생제 특란 삼각김밥 도시락 세트 한정판 기획 상품 모음전");
    private static final Instant PARTITION = Instant.parse("2023-09-07T04:00:00Z");
    private static final HttpOptions OPTIONS =
            HttpOptions.defaults().withPort(0).withPage("/dashboard");

    private final InMemorySpeedStore store = InMemorySpeedStore.create();
    private final LiveRecords<EnrichedOrder> records = LiveRecords.of(EnrichedOrder.SCHEMA);

    private static EnrichedOrder order(String name, int index) {
        LocalDate day = LocalDate.of(2015, 1, 2);
        return new EnrichedOrder(
                day,
                20,
                "1",
                name,
                "1",
                "" + index,
                "88" + index,
                1,
                BigDecimal.valueOf(1_000_000 + index),
                "1",
                name,
                "2",
                name,
                "3",
                name,
                name,
                false,
                day.atTime(LocalTime.of(20, index)),
                PARTITION.plusSeconds(index));
    }

    private List<LambdaView<EnrichedOrder>> views() {
        return DashboardViews.all().stream()
                .map(view -> LambdaView.of(view, store))
                .toList();
    }

    private void send(List<EnrichedOrder> orders) {
        DashboardViews.all().forEach(view -> SpeedWrites.commit(store, view, SpeedWrites.slices(view, orders)));
    }

    /** It is a place in the address, which does not depend on the language; one without sales cannot be drawn. */
    @Test
    void drillsDownWhereThereIsNoName() {
        LocalDate day = LocalDate.of(2015, 1, 2);
        send(List.of(new EnrichedOrder(
                day,
                20,
                "1",
                "1호점",
                "1",
                "1",
                "88",
                1,
                BigDecimal.ZERO,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                false,
                day.atTime(20, 0),
                PARTITION)));
        try (ViewServer server = ViewServer.start(views(), records, OPTIONS);
                Browser browser = Browser.start()) {
            Page page = browser.page(1360, 900, ColorScheme.LIGHT);
            page.navigate(server.uri() + "?lang=ko&table=categories");
            page.locator("#categories tbody button").click();
            assertThat(page.locator("#categories .crumbs li").last()).hasText("(미분류)");
            page.locator("#language").click();
            assertThat(page.locator("#categories .crumbs li").last()).hasText("(none)");
            assertThat(page.locator("#categories tbody tr")).hasCount(1);
            page.reload();
            assertThat(page.locator("#categories .crumbs li").last()).hasText("(none)");
            assertThat(page.locator("#categories tbody tr")).hasCount(1);

            page.locator("#categories .tools button").click();
            assertThat(page.locator("#categories .empty")).hasText("No sales to draw (see the table)");
            Browser.screenshot(page, "desktop-no-name");
        }
    }

    @Test
    void showsEveryNameAsText() {
        try (ViewServer server = ViewServer.start(views(), records, OPTIONS);
                Browser browser = Browser.start()) {
            Page page = browser.page(1360, 900, ColorScheme.LIGHT);
            page.navigate(server.uri() + "?lang=ko&table=categories");
            assertThat(page.locator("#stream .empty")).hasText("아직 데이터가 없습니다");
            assertThat(page.locator("#coverage-badge")).hasText("대기 중");
            Browser.screenshot(page, "desktop-empty");

            List<EnrichedOrder> orders = new ArrayList<>();
            for (String name : NAMES) {
                orders.add(order(name, orders.size()));
            }
            send(orders);
            orders.forEach(records::accept);

            assertThat(page.locator("#categories tbody tr")).hasCount(NAMES.size());
            List<String> shown =
                    page.locator("#categories tbody td:first-child button").allTextContents();
            assertThat(shown).containsExactlyInAnyOrderElementsOf(NAMES);
            page.locator("#categories tbody button").nth(4).click();
            assertThat(page.locator("#categories .crumbs li").last()).containsText("<img src=x");
            Browser.screenshot(page, "desktop-hostile-names");
            page.locator("#categories .crumbs button").first().click();
            page.locator("#categories .tools button").click();
            assertThat(page.locator("#categories-plot canvas")).isVisible();
            page.locator("#categories-plot canvas").hover();
            page.locator("#top3-plot canvas").hover();
            Browser.screenshot(page, "desktop-hostile-charts");

            assertThat(page).hasTitle("편의점 매출 현황");
            assertThat(page.locator("img[src=x]")).hasCount(0);
            assertThat(browser.complaints()).isEmpty();
        }
    }
}
