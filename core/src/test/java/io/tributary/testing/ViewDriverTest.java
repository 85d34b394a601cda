package io.tributary.testing;

import static io.tributary.view.Measure.count;
import static io.tributary.view.Measure.sum;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tributary.view.Row;
import io.tributary.view.Slices;
import io.tributary.view.TimeRange;
import io.tributary.view.View;
import io.tributary.view.Window;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ViewDriverTest {
    private static final LocalDateTime NOON = LocalDateTime.parse("2015-01-02T12:00:00");

    private static View<Gauge> view(String name, Window<Gauge> window) {
        return View.named(name)
                .over(Gauge.SCHEMA)
                .window(window)
                .rollup(Gauge.NAME)
                .measure("n", count())
                .measure("total", sum(Gauge.LEVEL))
                .build();
    }

    private static final View<Gauge> TUMBLE =
            view("tumble", Window.tumble(Gauge.TIME).every(ofHours(1)));
    private static final View<Gauge> SLIDE =
            view("slide", Window.slide(Gauge.TIME).size(ofHours(2)).every(ofHours(1)));
    private static final View<Gauge> CUMULATE =
            view("cumulate", Window.cumulate(Gauge.TIME).step(ofMinutes(30)).upTo(ofHours(2)));

    private static List<String> windows(List<Row> rows) {
        return rows.stream()
                .map(Row::window)
                .map(String::valueOf)
                .map(text -> text.replaceAll(".*T(\\S+), end.*T(\\S+)]", "$1-$2"))
                .distinct()
                .toList();
    }

    /** Whatever the order and the watermarks, what closes is what one pass over all but the late records gives. */
    @Test
    void closesEachWindowOnceWithTheRowsOfOnePass() {
        for (View<Gauge> view : List.of(TUMBLE, SLIDE, CUMULATE, view("none", Window.none()))) {
            List<Gauge> gauges = new ArrayList<>(Gauge.awkward(3, 150));
            gauges.sort(Comparator.comparing(Gauge::time));
            ViewDriver<Gauge> driver = ViewDriver.of(view);
            List<Row> closed = new ArrayList<>();
            for (Gauge gauge : gauges) {
                driver.send(gauge);
                closed.addAll(driver.advanceWatermark(gauge.time()));
            }
            closed.addAll(driver.end());
            closed.sort(view.order());

            Slices<Gauge> onePass = view.slices();
            onePass.addAll(gauges);
            assertThat(driver.late()).isEmpty();
            assertThat(closed)
                    .isNotEmpty()
                    .isEqualTo(view.rows(onePass.toList()))
                    .isEqualTo(driver.rows());
            assertThat(driver.end()).isEmpty();
        }
    }

    @Test
    void aWindowClosesWhenTheWatermarkReachesItsEnd() {
        ViewDriver<Gauge> driver = ViewDriver.of(TUMBLE);
        driver.send(Gauge.at("2015-01-02T11:59:59.999999"), Gauge.at("2015-01-02T12:00:00"));

        assertThat(driver.advanceWatermark(NOON.minusNanos(1_000))).isEmpty();
        assertThat(windows(driver.rows())).containsExactly("11:00-12:00", "12:00-13:00");
        assertThat(windows(driver.advanceWatermark(NOON))).containsExactly("11:00-12:00");
        assertThat(driver.advanceWatermark(NOON)).isEmpty();
        assertThat(driver.rows(new TimeRange(NOON, NOON.plusHours(1))).get(0).measures())
                .containsExactly(1L, 1L);
        assertThat(windows(driver.end())).containsExactly("12:00-13:00");
    }

    @Test
    void whatIsLateForAllItsWindowsCountsNowhere() {
        ViewDriver<Gauge> driver = ViewDriver.of(SLIDE);
        driver.send(Gauge.at("2015-01-02T11:30:00"));
        assertThat(windows(driver.advanceWatermark(NOON))).containsExactly("10:00-12:00");
        Gauge late = Gauge.at("2015-01-02T10:30:00");
        Gauge lateForOne = Gauge.at("2015-01-02T11:00:00");
        driver.send(late, lateForOne);

        assertThat(driver.late()).containsExactly(late);
        List<Row> rest = driver.end();
        assertThat(windows(rest)).containsExactly("11:00-13:00");
        assertThat(rest.get(0).measures()).containsExactly(2L, 2L);
    }

    @Test
    void theWatermarkNeverGoesBack() {
        ViewDriver<Gauge> driver = ViewDriver.of(CUMULATE);
        driver.advanceWatermark(NOON);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> driver.advanceWatermark(NOON.minusSeconds(1)))
                .withMessage(
                        "Invalid watermark: 2015-01-02T11:59:59 (must not be before 2015-01-02T12:00, where it is)");
        driver.end();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> driver.advanceWatermark(NOON))
                .withMessageEndingWith("(must not be before the end, where it is)");
        driver.sendAll(Stream.of(Gauge.at("9000-01-01T00:00:00")).toList());
        assertThat(driver.late()).hasSize(1);
    }
}
