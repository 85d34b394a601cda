package io.tributary.speed;

import static io.tributary.view.Window.cumulate;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.speed.Readings.Reading;
import io.tributary.view.Window;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PreAggregatorTest {
    private static final Window<Reading> WINDOW =
            cumulate(Readings.TIME).step(ofSeconds(10)).upTo(ofSeconds(40));
    private static final OutputTag<Reading> LATE = new OutputTag<>("late", Records.typeOf(Readings.SCHEMA));
    private static final SpeedOptions OPTIONS = new SpeedOptions(3, ofMillis(100), Lateness.sideOutput());

    private OneInputStreamOperatorTestHarness<Reading, Contribution<String, long[]>> harness;

    @BeforeEach
    void open() throws Exception {
        harness = harness();
        harness.open();
    }

    @AfterEach
    void close() throws Exception {
        harness.close();
    }

    private static OneInputStreamOperatorTestHarness<Reading, Contribution<String, long[]>> harness() throws Exception {
        Cell.Of<Reading, String> cells = reading ->
                new Cell<>(WINDOW.sliceOf(WINDOW.eventTime().orElseThrow().second(reading)), reading.sensor());
        return new OneInputStreamOperatorTestHarness<>(new PreAggregator<>(
                "the sums",
                cells,
                new Readings.Sum(),
                OPTIONS,
                Horizon.of(WINDOW, OPTIONS.lateness().retention()),
                LATE));
    }

    private void add(String sensor, long second, long value) throws Exception {
        harness.processElement(new StreamRecord<>(new Reading(sensor, second, value)));
    }

    private List<String> passedOn() {
        List<String> texts = new ArrayList<>();
        for (Object element : harness.getOutput()) {
            if (element instanceof StreamRecord<?> streamRecord
                    && streamRecord.getValue() instanceof Contribution<?, ?> contribution
                    && contribution.value() instanceof long[] sum) {
                texts.add("%s %d %d of %d"
                        .formatted(contribution.key(), contribution.slice(), sum[0], contribution.records()));
            } else if (element instanceof Watermark mark) {
                texts.add("watermark " + mark.getTimestamp());
            }
        }
        return texts;
    }

    @Test
    void passesOnOneContributionACellWhenItHoldsTooMany() throws Exception {
        add("a", 1, 1);
        add("a", 2, 2);
        add("b", 3, 4);
        assertThat(passedOn()).isEmpty();

        add("a", 11, 8);
        assertThat(passedOn()).containsExactlyInAnyOrder("a 0 3 of 2", "b 0 4 of 1", "a 10 8 of 1");
    }

    @Test
    void passesOnWhatItHasHeldLongEnough() throws Exception {
        add("a", 1, 1);
        harness.setProcessingTime(99);
        assertThat(passedOn()).isEmpty();

        harness.setProcessingTime(100);
        add("a", 1, 1);
        harness.setProcessingTime(200);
        assertThat(passedOn()).containsExactly("a 0 1 of 1", "a 0 1 of 1");
    }

    @Test
    void passesOnBeforeAWatermarkThatEndsASliceAndNotBeforeOthers() throws Exception {
        add("a", 1, 1);
        harness.processWatermark(9_998);
        add("a", 2, 1);
        harness.processWatermark(9_999);

        assertThat(passedOn()).containsExactly("watermark 9998", "a 0 2 of 2", "watermark 9999");
    }

    /** Behind the shuffle time goes on without an idle task. */
    @Test
    void passesOnBeforeItIsIdleAndAtOnceWhileItIs() throws Exception {
        add("a", 1, 1);
        harness.processWatermarkStatus(WatermarkStatus.IDLE);
        assertThat(passedOn()).containsExactly("a 0 1 of 1");

        add("a", 2, 2);
        assertThat(passedOn()).containsExactly("a 0 1 of 1", "a 0 2 of 1");

        harness.processWatermarkStatus(WatermarkStatus.ACTIVE);
        add("a", 3, 4);
        assertThat(passedOn()).hasSize(2);
    }

    @Test
    void passesOnBeforeABarrierAndAtTheEnd() throws Exception {
        add("a", 1, 1);
        harness.prepareSnapshotPreBarrier(1);
        add("b", 1, 1);
        harness.endInput();

        assertThat(passedOn()).containsExactly("a 0 1 of 1", "b 0 1 of 1");
    }

    @Test
    void lateRecordsLeaveByTheSideOutputAlsoAfterARestart() throws Exception {
        harness.processWatermark(40_000);
        add("a", 39, 1);
        restart();
        add("a", 38, 1);
        add("a", 40, 1);
        harness.endInput();

        assertThat(passedOn()).containsExactly("a 40 1 of 1");
        assertThat(harness.getSideOutput(LATE)).hasSize(1);
    }

    @Test
    void whatWasLateStaysLateThoughTheWatermarkOfASecondCheckpointIsEarlier() throws Exception {
        harness.processWatermark(40_000);
        restart();
        harness.processWatermark(10_000);
        restart();
        add("a", 38, 1);

        assertThat(harness.getSideOutput(LATE)).hasSize(1);
    }

    /** All windows were given: a record more would make them anew, or be dropped as late. */
    @Test
    void addsNothingToAnInputThatHadEndedWhenItsStateWasSaved() throws Exception {
        harness.processWatermark(Watermark.MAX_WATERMARK);
        restart();

        assertThatThrownBy(() -> add("a", 50, 1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("Cannot add a record to the sums: the input had ended when its state was saved"
                        + " (stop without --drain, or begin the view anew)");
    }

    private void restart() throws Exception {
        OperatorSubtaskState state = harness.snapshot(1, 1);
        harness.close();
        harness = harness();
        harness.initializeState(state);
        harness.open();
    }

    @Test
    void aFailureNamesWhatItWasAddedTo() {
        assertThatThrownBy(() -> harness.processElement(new StreamRecord<>(null)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("Cannot add a record to the sums");
    }
}
