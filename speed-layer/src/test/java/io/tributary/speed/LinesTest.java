package io.tributary.speed;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.partition.ErrorPrefix;
import io.tributary.schema.Outcome;
import io.tributary.schema.Rejection;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class LinesTest {
    private static final Outcome.Rejected<Readings.Reading> REJECTED =
            new Outcome.Rejected<>(new Rejection(0, null, "{", "is no JSON object"), "{");

    /** As Firehose draws one for each file that it delivers. */
    @Test
    void aTaskDrawsOneRandomDirectoryForAllItRejects() {
        Lines.Format<Outcome.Rejected<Readings.Reading>> format = Lines.ofRejects(
                ErrorPrefix.parse("errors/!{firehose:random-string}/!{firehose:error-output-type}/"),
                InstantSource.fixed(Instant.EPOCH));
        Lines<Outcome.Rejected<Readings.Reading>> task = format.open();

        assertThat(task.directory(REJECTED))
                .matches("errors/[0-9a-z]{11}/format-conversion-failed/")
                .isEqualTo(task.directory(REJECTED))
                .isNotEqualTo(format.open().directory(REJECTED));
    }
}
