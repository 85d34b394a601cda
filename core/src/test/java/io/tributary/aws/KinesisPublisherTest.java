package io.tributary.aws;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tributary.aws.PublisherOptions.WhenFull;
import io.tributary.aws.testing.FaultyStream;
import io.tributary.testing.Faults;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class KinesisPublisherTest {
    private static final int RECORD = 10_000;
    private static final PublisherOptions PATIENT =
            PublisherOptions.defaults().withLinger(Duration.ofHours(1)).withBufferBytes(2 << 20);

    private final FaultyStream stream = FaultyStream.named("lines", Faults.script());

    @Test
    void countsARecordThatHasNoBytesAsRefused() {
        WireForm<String> form = WireForm.bytes(
                text -> {
                    throw new IllegalArgumentException("Cannot encode " + text);
                },
                text -> "key");
        try (KinesisPublisher<String> publisher =
                KinesisPublisher.to(stream.stream(), form, PublisherOptions.defaults())) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> publisher.publish("담배"))
                    .withMessage("Cannot encode 담배");
            assertThat(publisher.tally().refused()).isEqualTo(1);
            assertThat(publisher.tally().taken()).isZero();
        }
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "\ud83d", "\ude00\ud83d", "a\ud83db"})
    void refusesAKeyThatTheStreamCannotTakeAndGoesOn(String key) {
        WireForm<String> form =
                WireForm.bytes(text -> text.getBytes(UTF_8), text -> text.equals("bad") ? key : "\ud83d\ude00");
        try (KinesisPublisher<String> publisher =
                KinesisPublisher.to(stream.stream(), form, PublisherOptions.defaults())) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> publisher.publish("bad"))
                    .withMessageStartingWith("Cannot publish to stream lines: ")
                    .withMessageContaining("partition key ");
            assertThat(publisher.tally().refused()).isEqualTo(1);
            publisher.publish("good");
        }
        assertThat(stream.records()).containsExactly(new FaultyStream.Stored("\ud83d\ude00", "good"));
    }

    @Test
    @Timeout(60)
    void sendsWhatAFullBufferHoldsRatherThanLinger() {
        try (KinesisPublisher<Integer> publisher = sizes(stream.stream(), PATIENT)) {
            for (int i = 0; i < 1_000; i++) {
                publisher.publish(RECORD);
            }
        }
        assertThat(stream.records()).hasSize(1_000);
    }

    @Test
    @Timeout(60)
    void sendsWhatAFullBufferHoldsWhenItRefuses() throws Exception {
        try (KinesisPublisher<Integer> publisher = sizes(stream.stream(), PATIENT.withWhenFull(WhenFull.REFUSE))) {
            while (publisher.tally().taken() < 1_000) {
                try {
                    publisher.publish(RECORD);
                } catch (PublisherException full) {
                    TimeUnit.MILLISECONDS.sleep(1);
                }
            }
        }
        assertThat(stream.records()).hasSize(1_000);
    }

    private static KinesisPublisher<Integer> sizes(KinesisStream stream, PublisherOptions options) {
        return KinesisPublisher.to(stream, WireForm.bytes(byte[]::new, size -> "key"), options);
    }
}
