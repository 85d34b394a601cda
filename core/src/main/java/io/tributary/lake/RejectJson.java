package io.tributary.lake;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import io.tributary.schema.Outcome;
import io.tributary.schema.Rejection;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** A rejected input as one line of JSON, as it lies in the error prefix of a lake. */
public final class RejectJson {
    private static final JsonFactory JSON = JsonFactory.builder()
            .configure(StreamWriteFeature.AUTO_CLOSE_CONTENT, false)
            .build();

    private RejectJson() {}

    /** Writes the line with its end. */
    public static void write(Outcome.Rejected<?> rejected, Instant ingestTime, ByteArrayOutputStream out)
            throws IOException {
        Rejection rejection = rejected.rejection();
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            json.writeStringField("reason", text(rejection.reason()));
            if (rejection.field() != null) {
                json.writeStringField("field", text(rejection.field()));
            }
            if (rejection.value() != null) {
                json.writeStringField("value", text(rejection.value()));
            }
            json.writeNumberField("line", rejection.line());
            json.writeStringField("ingest_time", ingestTime.toString());
            json.writeStringField("input", text(rejected.input()));
            json.writeEndObject();
        }
        out.write('\n');
    }

    /** As UTF-8 can hold it: half a surrogate pair becomes a question mark. */
    private static String text(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }
}
