package io.tributary.aws.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tributary.aws.Delivery;
import io.tributary.aws.KinesisPublisher;
import io.tributary.aws.PublisherException;
import io.tributary.aws.PublisherOptions;
import io.tributary.aws.WireForm;
import io.tributary.aws.testing.FaultyStream.Stored;
import io.tributary.testing.Faults;
import io.tributary.testing.Faults.Fault;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class FaultyStreamTest {
    private static final List<String> TEXTS =
            IntStream.range(0, 60).mapToObj(i -> "담배 " + i).toList();
    private static final PublisherOptions QUICK = PublisherOptions.defaults()
            .withLinger(Duration.ZERO)
            .withRequests(1)
            .withBackoff(Duration.ofMillis(1), Duration.ofMillis(2));

    private static KinesisPublisher<String> publisher(FaultyStream stream) {
        return KinesisPublisher.to(
                stream.stream(),
                WireForm.bytes(text -> text.getBytes(StandardCharsets.UTF_8), text -> text.substring(0, 4)),
                QUICK);
    }

    /** One request a record, so that a seed gives the same record the same fault. */
    private static Delivery<String> publish(FaultyStream stream) {
        KinesisPublisher<String> publisher = publisher(stream);
        try (publisher) {
            TEXTS.forEach(text -> {
                publisher.publish(text);
                publisher.flush();
            });
        }
        return publisher.delivery();
    }

    private static List<String> texts(FaultyStream stream) {
        return stream.records().stream().map(Stored::text).toList();
    }

    @Test
    void aRequestThatIsNotMadeIsSentAgainAndMakesNoCopy() {
        Faults faults = Faults.script(Fault.FAIL_BEFORE, Fault.NONE, Fault.FAIL_BEFORE);
        FaultyStream stream = FaultyStream.named("lines", faults);

        Delivery<String> delivery = publish(stream);

        assertThat(texts(stream)).isEqualTo(TEXTS);
        assertThat(stream.records().get(0).partitionKey()).isEqualTo("담배 0");
        assertThat(delivery.retried()).isEqualTo(2);
        assertThat(delivery.possibleDuplicates()).isZero();
        assertThat(faults.met()).isEqualTo(2);
    }

    @Test
    void aLostAnswerMakesACopyOfWhichThePublisherTells() {
        FaultyStream stream = FaultyStream.named("lines", Faults.script(Fault.FAIL_AFTER));

        Delivery<String> delivery = publish(stream);

        assertThat(texts(stream))
                .hasSize(TEXTS.size() + 1)
                .startsWith(TEXTS.get(0), TEXTS.get(0), TEXTS.get(1))
                .containsOnlyOnceElementsOf(TEXTS.subList(1, TEXTS.size()));
        assertThat(delivery.possibleDuplicates()).isEqualTo(1);
    }

    @Test
    void aDuplicateMakesACopyOfWhichNobodyTells() {
        FaultyStream stream = FaultyStream.named("lines", Faults.script(Fault.DUPLICATE, Fault.DELAY));

        Delivery<String> delivery = publish(stream);

        assertThat(texts(stream)).hasSize(TEXTS.size() + 1).startsWith(TEXTS.get(0), TEXTS.get(0));
        assertThat(delivery.retried()).isZero();
        assertThat(delivery.possibleDuplicates()).isZero();
    }

    @Test
    void theSameSeedGivesTheSameStream() {
        List<List<String>> streams = IntStream.of(3, 3, 4)
                .mapToObj(seed -> {
                    FaultyStream stream = FaultyStream.named("lines", Faults.seeded(seed, 0.4));
                    assertThat(publish(stream).isComplete()).isTrue();
                    return texts(stream);
                })
                .toList();
        assertThat(streams.get(0))
                .isEqualTo(streams.get(1))
                .isNotEqualTo(streams.get(2))
                .containsAll(TEXTS);
        assertThat(streams.get(0).stream().distinct()).containsExactlyElementsOf(TEXTS);
        assertThat(streams.get(0)).hasSizeGreaterThan(TEXTS.size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0.001S", "PT1H"})
    void aStreamThatNeverAnswersStopsThePublisher(Duration backoff) {
        Fault[] always = new Fault[1_000];
        Arrays.fill(always, Fault.FAIL_BEFORE);
        FaultyStream stream = FaultyStream.named("lines", Faults.script(always));
        KinesisPublisher<String> publisher = KinesisPublisher.to(
                stream.stream(),
                WireForm.bytes(text -> text.getBytes(StandardCharsets.UTF_8), text -> "key"),
                QUICK.withBackoff(backoff, backoff).withGiveUpAfter(Duration.ofMillis(50)));
        publisher.publish("a");

        assertThatExceptionOfType(PublisherException.class)
                .isThrownBy(publisher::close)
                .withMessageStartingWith("Cannot publish to stream lines: ")
                .withMessageContaining("injected fault FAIL_BEFORE at call ");
        assertThat(stream.records()).isEmpty();
    }

    @Test
    void manyRequestsOfOneKeyAreAnsweredInTurn() {
        FaultyStream stream = FaultyStream.named("lines", Faults.script());
        List<String> many = IntStream.range(0, 20_000).mapToObj(i -> "key " + i).toList();
        try (KinesisPublisher<String> publisher = publisher(stream)) {
            many.forEach(publisher::publish);
        }
        assertThat(texts(stream)).isEqualTo(many);
    }
}
