package io.tributary.codec;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Cuts a stream into lines that stand in one reused buffer. Of a line beyond the limit it keeps the
 * beginning and skips the rest, so that its memory is bounded.
 */
final class LineBuffer {
    private static final int FIRST_CAPACITY = 1 << 16;

    private final InputStream in;
    private final int limit;
    private byte[] bytes = new byte[FIRST_CAPACITY];
    private int filled;
    private int position;
    private boolean exhausted;

    private int start;
    private int end;
    private long number;
    private boolean tooLong;
    private boolean unended;

    /**
     * @param limit the most bytes of a line, without its end
     */
    LineBuffer(InputStream in, int limit) {
        this.in = in;
        this.limit = limit;
    }

    /** Moves to the next line; false at the end of the input. */
    boolean next() throws IOException {
        number++;
        start = position;
        tooLong = false;
        unended = false;
        int scanned = start;
        while (true) {
            int newline = newline(scanned);
            if (newline >= 0) {
                finish(newline, newline + 1);
                return true;
            }
            scanned = filled;
            if (exhausted) {
                unended = true;
                finish(filled, filled);
                return end > start || tooLong;
            }
            // One more for the '\r' of an end that is not read yet.
            if (filled - start > limit + 1) {
                skipRest();
                return true;
            }
            scanned -= makeRoom();
            fill(filled);
        }
    }

    private int newline(int from) {
        for (int i = from; i < filled; i++) {
            if (bytes[i] == '\n') {
                return i;
            }
        }
        return -1;
    }

    private void finish(int lineEnd, int next) {
        end = lineEnd;
        if (!unended && end > start && bytes[end - 1] == '\r') {
            end--;
        }
        position = next;
        if (number == 1 && Utf8.startsWithBom(bytes, start, end)) {
            start += Utf8.BOM_LENGTH;
        }
        if (end - start > limit) {
            tooLong = true;
            end = start + limit;
        }
    }

    private void skipRest() throws IOException {
        tooLong = true;
        // At the front there is the most room behind it.
        System.arraycopy(bytes, start, bytes, 0, limit);
        start = 0;
        end = limit;
        while (true) {
            fill(end);
            int newline = newline(end);
            if (newline >= 0 || exhausted) {
                position = newline >= 0 ? newline + 1 : filled;
                return;
            }
        }
    }

    /** By how much the line has moved towards the start of the buffer. */
    private int makeRoom() {
        if (filled < bytes.length) {
            return 0;
        }
        int moved = start;
        if (moved > 0) {
            System.arraycopy(bytes, start, bytes, 0, filled - start);
            start = 0;
            filled -= moved;
        } else {
            bytes = Arrays.copyOf(bytes, Math.min(bytes.length * 2, limit + FIRST_CAPACITY));
        }
        return moved;
    }

    private void fill(int at) throws IOException {
        int count = in.read(bytes, at, bytes.length - at);
        exhausted = count < 0;
        filled = at + Math.max(count, 0);
    }

    byte[] bytes() {
        return bytes;
    }

    int start() {
        return start;
    }

    int length() {
        return end - start;
    }

    /** From 1. */
    long number() {
        return number;
    }

    boolean isBlank() {
        for (int i = start; i < end; i++) {
            if (bytes[i] != ' ' && bytes[i] != '\t' && bytes[i] != '\r') {
                return false;
            }
        }
        return true;
    }

    /** Whether only the beginning of the line is here. */
    boolean isTooLong() {
        return tooLong;
    }

    /** Whether the input ended before the line did. */
    boolean isUnended() {
        return unended;
    }
}
