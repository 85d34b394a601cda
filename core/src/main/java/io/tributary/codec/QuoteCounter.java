package io.tributary.codec;

import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;

/** Counts quotes on their way to the CSV parser, which does not tell whether the last one was closed. */
final class QuoteCounter extends FilterReader {
    private long quotes;

    QuoteCounter(Reader in) {
        super(in);
    }

    @Override
    public int read() throws IOException {
        int c = super.read();
        if (c == '"') {
            quotes++;
        }
        return c;
    }

    @Override
    public int read(char[] chars, int offset, int length) throws IOException {
        int count = super.read(chars, offset, length);
        for (int i = 0; i < count; i++) {
            if (chars[offset + i] == '"') {
                quotes++;
            }
        }
        return count;
    }

    long count() {
        return quotes;
    }
}
