package io.tributary.codec;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;

final class JsonLinesWriter<R> extends RecordWriter<R> {
    private static final int BUFFER_BYTES = 1 << 16;

    private final JsonEncoder<R> encoder;
    private final OutputStream out;

    JsonLinesWriter(JsonEncoder<R> encoder, OutputStream out) {
        this.encoder = encoder;
        this.out = new BufferedOutputStream(out, BUFFER_BYTES);
    }

    @Override
    void append(R row) throws IOException {
        encoder.encode(row).writeTo(out);
    }

    @Override
    public void flush() throws IOException {
        out.flush();
    }

    @Override
    public void close() throws IOException {
        encoder.close();
        out.close();
    }
}
