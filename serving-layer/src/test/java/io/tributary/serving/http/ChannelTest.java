package io.tributary.serving.http;

import static io.tributary.serving.http.Answers.DIVISIONS;
import static io.tributary.serving.http.Answers.HOURLY;
import static io.tributary.serving.http.Answers.division;
import static io.tributary.serving.http.Answers.divisions;
import static io.tributary.serving.http.Answers.hour;
import static io.tributary.serving.http.Answers.hourly;
import static io.tributary.serving.http.Answers.sales;
import static io.tributary.serving.http.Heard.heard;
import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.serving.Answer;
import io.tributary.serving.Coverage;
import io.tributary.view.BatchView.Hole;
import io.tributary.view.TimeRange;
import io.tributary.view.View;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ChannelTest {
    private static final int MOST_ROWS = 3;

    private final ServerMetrics metrics = new ServerMetrics(List.of());
    private final Bell bell = new Bell();

    @AfterEach
    void close() {
        metrics.close();
    }

    private Channel channel(View<?> view, Mode mode) {
        return new Channel(view, new Selection(mode, TimeRange.all(), 0), "epoch", metrics);
    }

    private boolean rings() throws InterruptedException {
        return bell.await(Duration.ZERO);
    }

    @Test
    void showsAllAtFirstAndThenWhatChanged() throws Exception {
        Channel channel = channel(DIVISIONS, Mode.UPDATE);
        Subscription subscription = channel.subscribe(bell, null);
        assertThat(subscription.next()).isNull();

        channel.publish(divisions(division("가", 1), division("나", 2)), MOST_ROWS);
        assertThat(rings()).isTrue();
        Heard set = heard(subscription);
        assertThat(set.name()).isEqualTo("set");
        assertThat(set.id()).isEqualTo("epoch.1");
        assertThat(set.data().get("view").asText()).isEqualTo("division-sales");
        assertThat(set.texts("keys")).containsExactly("[\"가\"]", "[\"나\"]");
        assertThat(set.texts("rows"))
                .containsExactly(
                        "{\"division_name\":\"가\",\"cnt_of_sales\":1,\"sum_of_sales\":0.01}",
                        "{\"division_name\":\"나\",\"cnt_of_sales\":2,\"sum_of_sales\":0.02}");
        assertThat(set.texts("origins")).containsExactly("\"speed\"", "\"speed\"");
        assertThat(set.texts("columns")).hasSize(3);
        assertThat(set.data().get("reached").isNull()).isTrue();
        assertThat(set.data().get("coverage").get("complete").asBoolean()).isTrue();

        channel.publish(divisions(division("나", 5), division("다", 6)), MOST_ROWS);
        Heard change = heard(subscription);
        assertThat(change.name()).isEqualTo("change");
        assertThat(change.id()).isEqualTo("epoch.2");
        assertThat(change.texts("keys")).containsExactly("[\"나\"]", "[\"다\"]");
        assertThat(change.texts("gone")).containsExactly("[\"가\"]");
        assertThat(change.data().has("columns")).isFalse();
        channel.publish(divisions(division("나", 5), division("다", 7)), MOST_ROWS);
        assertThat(heard(subscription).texts("keys")).containsExactly("[\"다\"]");
        assertThat(subscription.next()).isNull();
    }

    @Test
    void whatShowsTheSameIsNoNews() throws Exception {
        Channel channel = channel(DIVISIONS, Mode.UPDATE);
        Subscription subscription = channel.subscribe(bell, null);
        channel.publish(divisions(division("가", 1)), MOST_ROWS);
        heard(subscription);
        assertThat(rings()).isTrue();

        channel.publish(divisions(division("가", 1)), MOST_ROWS);

        assertThat(rings()).isFalse();
        assertThat(subscription.next()).isNull();
    }

    /** A page would show the failure for as long as nothing changes. */
    @Test
    void theEndOfAFailureIsNews() throws Exception {
        Channel channel = channel(DIVISIONS, Mode.UPDATE);
        Subscription subscription = channel.subscribe(bell, null);
        channel.publish(divisions(division("가", 1)), MOST_ROWS);
        heard(subscription);
        channel.fail("the table is gone");
        assertThat(heard(subscription).name()).isEqualTo("problem");
        assertThat(rings()).isTrue();

        channel.publish(divisions(division("가", 1)), MOST_ROWS);

        assertThat(rings()).isTrue();
        Heard change = heard(subscription);
        assertThat(change.name()).isEqualTo("change");
        assertThat(change.texts("rows")).isEmpty();
        assertThat(subscription.next()).isNull();
    }

    /** A page would take rows for the end of the failure that it was told before. */
    @Test
    void whoComesDuringAFailureHearsOfItLast() throws Exception {
        Channel channel = channel(DIVISIONS, Mode.UPDATE);
        channel.publish(divisions(division("가", 1)), MOST_ROWS);
        channel.fail("the table is gone");

        Subscription subscription = channel.subscribe(bell, null);
        assertThat(heard(subscription).name()).isEqualTo("set");
        assertThat(heard(subscription).name()).isEqualTo("problem");
        assertThat(subscription.next()).isNull();
        assertThat(heard(channel.subscribe(bell, "epoch.1")).name()).isEqualTo("problem");
    }

    @Test
    void aChangedCoverageIsNews() throws Exception {
        Channel channel = channel(DIVISIONS, Mode.UPDATE);
        Subscription subscription = channel.subscribe(bell, null);
        Answer answer = divisions(division("가", 1));
        channel.publish(answer, MOST_ROWS);
        heard(subscription);
        Coverage torn = new Coverage(
                Instant.MIN,
                Optional.empty(),
                Optional.empty(),
                false,
                List.of(new Hole("hour=05/", "torn")),
                Optional.empty());

        channel.publish(
                new Answer(answer.columns(), answer.rows(), answer.origins(), answer.reached(), torn), MOST_ROWS);

        Heard change = heard(subscription);
        assertThat(change.texts("rows")).isEmpty();
        assertThat(change.data().get("coverage").get("complete").asBoolean()).isFalse();
    }

    @Test
    void whoIsSlowSkipsWhatIsInBetween() throws Exception {
        Channel channel = channel(DIVISIONS, Mode.UPDATE);
        Subscription slow = channel.subscribe(bell, null);
        Subscription quick = channel.subscribe(bell, null);
        channel.publish(divisions(division("가", 1)), MOST_ROWS);
        heard(slow);
        heard(quick);
        channel.publish(divisions(division("나", 2)), MOST_ROWS);
        heard(quick);
        channel.publish(divisions(division("나", 2), division("다", 3)), MOST_ROWS);

        assertThat(heard(quick).texts("keys")).containsExactly("[\"다\"]");
        assertThat(metrics.scrape()).contains("tributary_serving_coalesced_states_total 0.0");
        Heard change = heard(slow);
        assertThat(change.texts("keys")).containsExactly("[\"나\"]", "[\"다\"]");
        assertThat(change.texts("gone")).containsExactly("[\"가\"]");
        assertThat(metrics.scrape()).contains("tributary_serving_coalesced_states_total 1.0");
    }

    @Test
    void whoComesAgainGoesOnWhereItWas() throws Exception {
        Channel channel = channel(DIVISIONS, Mode.UPDATE);
        channel.publish(divisions(division("가", 1)), MOST_ROWS);
        channel.publish(divisions(division("가", 1), division("나", 2)), MOST_ROWS);

        Heard missed = heard(channel.subscribe(bell, "epoch.1"));
        assertThat(missed.name()).isEqualTo("change");
        assertThat(missed.texts("keys")).containsExactly("[\"나\"]");
        Subscription nothingMissed = channel.subscribe(bell, "epoch.2");
        assertThat(nothingMissed.next()).isNull();
        channel.publish(divisions(division("가", 3), division("나", 2)), MOST_ROWS);
        assertThat(heard(nothingMissed).texts("keys")).containsExactly("[\"가\"]");
        assertThat(heard(channel.subscribe(bell, "epoch.1")).name()).isEqualTo("set");
        assertThat(heard(channel.subscribe(bell, "another.3")).name()).isEqualTo("set");
    }

    @Test
    void appendShowsEachClosedWindowOnce() throws Exception {
        Channel channel = channel(HOURLY, Mode.APPEND);
        Subscription subscription = channel.subscribe(bell, null);
        channel.publish(hourly(Optional.of(hour(21)), sales(20, 1), sales(21, 2)), MOST_ROWS);
        Heard set = heard(subscription);
        assertThat(set.name()).isEqualTo("set");
        assertThat(set.id()).isEqualTo("2015-01-02T21:00:00");
        assertThat(set.texts("keys")).containsExactly("[\"2015-01-02T20:00:00\",\"2015-01-02T21:00:00\"]");

        channel.publish(hourly(Optional.of(hour(22)), sales(20, 1), sales(21, 2), sales(22, 3)), MOST_ROWS);
        Heard append = heard(subscription);
        assertThat(append.name()).isEqualTo("append");
        assertThat(append.data().get("reached").asText()).isEqualTo("2015-01-02T22:00:00");
        assertThat(append.texts("rows"))
                .containsExactly(
                        "{\"window_start\":\"2015-01-02T21:00:00\",\"window_end\":\"2015-01-02T22:00:00\",\"sum_of_mount\":0.02}");
        assertThat(append.data().has("columns")).isFalse();
    }

    /** Of an hour that had none, or of one that was closed long ago. */
    @Test
    void appendShowsRowsThatAreLate() throws Exception {
        Channel channel = channel(HOURLY, Mode.APPEND);
        Subscription subscription = channel.subscribe(bell, null);
        channel.publish(hourly(Optional.of(hour(22)), sales(20, 1), sales(21, 2), sales(22, 3)), 9);
        heard(subscription);

        channel.publish(hourly(Optional.of(hour(22)), sales(5, 4), sales(20, 9), sales(21, 2), sales(22, 3)), 9);
        Heard append = heard(subscription);
        assertThat(append.name()).isEqualTo("append");
        assertThat(append.texts("keys")).containsExactly("[\"2015-01-02T05:00:00\",\"2015-01-02T06:00:00\"]");
        assertThat(append.texts("gone")).isEmpty();

        channel.publish(
                hourly(Optional.of(hour(23)), sales(5, 4), sales(20, 9), sales(21, 2), sales(22, 3), sales(23, 1)), 9);
        assertThat(heard(subscription).texts("keys"))
                .containsExactly("[\"2015-01-02T22:00:00\",\"2015-01-02T23:00:00\"]");
    }

    @Test
    void whoComesAgainToAppendHearsTheWindowsThatWereClosedSince() throws Exception {
        Channel channel = channel(HOURLY, Mode.APPEND);
        channel.publish(
                hourly(Optional.of(hour(23)), sales(20, 1), sales(21, 2), sales(22, 3), sales(23, 4)), MOST_ROWS);

        assertThat(heard(channel.subscribe(bell, "2015-01-02T21:00:00")).texts("rows"))
                .hasSize(2);
        assertThat(channel.subscribe(bell, "2015-01-02T23:00:00").next()).isNull();
        Heard stranger = heard(channel.subscribe(bell, "no time"));
        assertThat(stranger.name()).isEqualTo("set");
        assertThat(stranger.texts("rows")).hasSize(3);
    }

    @Test
    void appendBeginsWithNothingBeforeThereIsData() throws Exception {
        Channel channel = channel(HOURLY, Mode.APPEND);
        Subscription subscription = channel.subscribe(bell, null);
        channel.publish(hourly(Optional.empty()), MOST_ROWS);
        assertThat(heard(subscription).id()).isEmpty();
        channel.publish(hourly(Optional.of(hour(21)), sales(20, 1), sales(21, 2)), MOST_ROWS);

        assertThat(heard(subscription).texts("rows")).hasSize(1);
    }

    @Test
    void singleReplacesItsRow() throws Exception {
        Channel channel = channel(HOURLY, Mode.SINGLE);
        Subscription subscription = channel.subscribe(bell, null);
        channel.publish(hourly(Optional.of(hour(20)), sales(20, 1)), MOST_ROWS);
        heard(subscription);
        channel.publish(hourly(Optional.of(hour(21)), sales(20, 1), sales(21, 2)), MOST_ROWS);

        Heard set = heard(subscription);
        assertThat(set.name()).isEqualTo("set");
        assertThat(set.texts("keys")).containsExactly("[\"2015-01-02T21:00:00\",\"2015-01-02T22:00:00\"]");
    }

    @Test
    void tellsOnceThatAViewCannotBeRead() throws Exception {
        Channel channel = channel(DIVISIONS, Mode.UPDATE);
        Subscription subscription = channel.subscribe(bell, null);
        channel.fail("the table is gone");
        channel.fail("the table is gone");
        assertThat(rings()).isTrue();
        Heard problem = heard(subscription);
        assertThat(problem.id()).isEmpty();
        assertThat(problem.name()).isEqualTo("problem");
        assertThat(problem.data()).hasToString("{\"view\":\"division-sales\",\"detail\":\"the table is gone\"}");
        assertThat(subscription.next()).isNull();

        channel.publish(divisions(division("가", 1)), MOST_ROWS);
        heard(subscription);
        assertThat(rings()).isTrue();
        channel.fail("the table is gone again");
        assertThat(rings()).isTrue();
        Heard again = heard(subscription);
        assertThat(again.id()).isEqualTo("epoch.1");
        assertThat(again.data().get("detail").asText()).isEqualTo("the table is gone again");
        channel.publish(divisions(division("가", 1)), MOST_ROWS);
        assertThat(heard(channel.subscribe(bell, null)).name()).isEqualTo("set");
    }

    @Test
    void showsNoMoreRowsThanAreGranted() throws Exception {
        Channel channel = channel(DIVISIONS, Mode.UPDATE);
        Subscription subscription = channel.subscribe(bell, null);
        channel.publish(divisions(division("가", 1), division("나", 2)), 2);
        assertThat(heard(subscription).name()).isEqualTo("set");

        channel.publish(divisions(division("가", 1), division("나", 2), division("다", 3)), 2);

        assertThat(heard(subscription).data().get("detail").asText())
                .isEqualTo("Cannot show 3 rows of view division-sales: the limit is 2 (raise the server's maxRows)");
    }

    @Test
    void givesNoAdviceThatCannotBeFollowed() throws Exception {
        Channel channel = channel(HOURLY, Mode.UPDATE);
        Subscription subscription = channel.subscribe(bell, null);

        channel.publish(hourly(Optional.of(hour(21)), sales(20, 1), sales(21, 2)), 1);

        assertThat(heard(subscription).data().get("detail").asText())
                .isEqualTo(
                        "Cannot show 2 rows of view hourly-sales: the limit is 1 (choose a range, or the last windows)");
    }

    @Test
    void tellsAnotherReason() throws Exception {
        Channel channel = channel(DIVISIONS, Mode.UPDATE);
        Subscription subscription = channel.subscribe(bell, null);
        channel.fail("the table is gone");
        heard(subscription);
        assertThat(rings()).isTrue();

        channel.fail("the table is too large");

        assertThat(rings()).isTrue();
        assertThat(heard(subscription).data().get("detail").asText()).isEqualTo("the table is too large");
        assertThat(subscription.next()).isNull();
    }

    /** A browser would forget an id for an empty one. */
    @Test
    void aProblemBeforeTheFirstFrameLeavesAClientWhereItWas() throws Exception {
        Channel channel = channel(HOURLY, Mode.APPEND);
        Subscription subscription = channel.subscribe(bell, "2015-01-02T21:00:00");
        channel.fail("the table is gone");
        assertThat(heard(subscription).id()).isEqualTo("2015-01-02T21:00:00");

        channel.publish(hourly(Optional.of(hour(23)), sales(20, 1), sales(21, 2), sales(22, 3)), MOST_ROWS);

        assertThat(heard(subscription).texts("rows")).hasSize(2);
    }

    @Test
    void isDesertedWhenNobodyListens() {
        Channel channel = channel(DIVISIONS, Mode.UPDATE);
        assertThat(channel.isDeserted()).isTrue();
        Subscription subscription = channel.subscribe(bell, null);
        assertThat(channel.isDeserted()).isFalse();
        subscription.close();
        assertThat(channel.isDeserted()).isTrue();
    }

    @Test
    void anEventOfSeveralSourcesHasNoId() throws Exception {
        Channel channel = channel(DIVISIONS, Mode.UPDATE);
        channel.publish(divisions(), MOST_ROWS);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        Objects.requireNonNull(channel.subscribe(bell, null).next()).writeTo(bytes, false);

        assertThat(bytes.toString(StandardCharsets.UTF_8)).startsWith("event: set\ndata: {");
    }
}
