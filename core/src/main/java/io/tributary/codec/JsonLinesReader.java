package io.tributary.codec;

import io.tributary.schema.Outcome;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

final class JsonLinesReader<R> extends RecordReader<R> {
    private final JsonDecoder<R> decoder;
    private final InputStream in;
    private final LineBuffer lines;

    JsonLinesReader(JsonDecoder<R> decoder, InputStream in) {
        this.decoder = decoder;
        this.in = in;
        this.lines = new LineBuffer(in, JsonLines.MAX_LINE_BYTES);
    }

    @Override
    @Nullable
    Outcome<R> advance() throws IOException {
        while (lines.next()) {
            if (lines.isTooLong()) {
                return decoder.tooLong(lines.bytes(), lines.start(), lines.number());
            }
            if (!lines.isBlank()) {
                return decoder.decode(lines.bytes(), lines.start(), lines.length(), lines.number(), lines.isUnended());
            }
        }
        return null;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
