package io.tributary.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tributary.aws.testing.FaultyStream;
import io.tributary.testing.Faults;
import org.junit.jupiter.api.Test;

class KinesisPublisherTest {
    @Test
    void countsARecordThatHasNoBytesAsRefused() {
        FaultyStream stream = FaultyStream.named("lines", Faults.script());
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
}
