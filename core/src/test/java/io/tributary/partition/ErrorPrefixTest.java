package io.tributary.partition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ErrorPrefixTest {
    private static final String WORKSHOP = "data/stream_error_data/year=!{timestamp:yyyy}/month=!{timestamp:MM}/"
            + "day=!{timestamp:dd}/hour=!{timestamp:HH}/!{firehose:error-output-type}";
    private static final Instant SENT = Instant.parse("2023-09-07T04:33:10.472585Z");

    private static final String RANDOM = ErrorPrefix.randomText();

    @Test
    void rendersTheWorkshopsErrorPrefix() {
        ErrorPrefix prefix = ErrorPrefix.parse(WORKSHOP);
        assertThat(prefix.path(SENT, "processing-failed", RANDOM))
                .isEqualTo("data/stream_error_data/year=2023/month=09/day=07/hour=04/processing-failed/");
        assertThat(prefix.inZone(ZoneId.of("Asia/Seoul")).path(SENT, "processing-failed", RANDOM))
                .isEqualTo("data/stream_error_data/year=2023/month=09/day=07/hour=13/processing-failed/");
        assertThat(prefix.template()).isEqualTo(WORKSHOP);
        assertThat(ErrorPrefix.parse(prefix.template())).isEqualTo(prefix);
    }

    @Test
    void keepsAnErrorTypeBelowThePrefix() {
        ErrorPrefix prefix = ErrorPrefix.parse("errors/!{firehose:error-output-type}/");
        assertThat(prefix.path(SENT, "../../secret", RANDOM)).isEqualTo("errors/..%2F..%2Fsecret/");
        assertThat(prefix.path(SENT, "..", RANDOM)).isEqualTo("errors/%2E%2E/");
        assertThatIllegalArgumentException().isThrownBy(() -> prefix.path(SENT, "", RANDOM));
    }

    @Test
    void fillsInRandomStrings() {
        ErrorPrefix prefix = ErrorPrefix.parse("!{firehose:random-string}/!{firehose:error-output-type}/");
        assertThat(prefix.path(SENT, "format", "x1")).isEqualTo("x1/format/");
        assertThat(prefix.path(SENT, "format", "../x")).isEqualTo("..%2Fx/format/");
        assertThat(ErrorPrefix.randomText()).matches("[0-9a-z]{11}").isNotEqualTo(ErrorPrefix.randomText());
    }

    @Test
    void goesToOtherProcesses() throws IOException, ClassNotFoundException {
        ErrorPrefix prefix = ErrorPrefix.parse(WORKSHOP).inZone(ZoneId.of("Asia/Seoul"));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(prefix);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            assertThat(in.readObject()).isEqualTo(prefix);
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        errors/                                    | no error type (append !{firehose:error-output-type}/)
        /!{firehose:error-output-type}/            | an absolute path
        ../!{firehose:error-output-type}/          | directory ..
        !{firehose:error-output-type}//x/          | a directory without a name
        !{firehose:error-type}/                    | !{firehose:error-type} is not supported
        !{firehose:error-output-type}/!{other:x}/  | use !{timestamp:…}, !{firehose:error-output-type} or !{firehose:random-string}
        """)
    void refusesPrefixesThatCannotHold(String template, String problem) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ErrorPrefix.parse(template))
                .withMessageStartingWith("Invalid error prefix " + template)
                .withMessageContaining(problem);
    }
}
