package io.tributary.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Tells well-formed UTF-8 from what parsers let pass: overlong forms, surrogates, NUL bytes. */
final class Utf8 {
    static final int BOM_LENGTH = 3;
    private static final VarHandle WORDS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH_BITS = 0x8080808080808080L;

    private Utf8() {}

    /** The index of the first byte that is not well-formed or NUL; -1 when there is none. */
    static int firstInvalid(byte[] bytes, int from, int to) {
        int i = afterAscii(bytes, from, to);
        while (i < to) {
            int length = sequenceLength(bytes, i, to);
            if (length == 0) {
                return i;
            }
            i += length;
            if (i < to && bytes[i] > 0) {
                i = afterAscii(bytes, i, to);
            }
        }
        return -1;
    }

    /** The index of the first byte that is not ASCII, or NUL; the end when all are. */
    private static int afterAscii(byte[] bytes, int from, int to) {
        int i = from;
        while (to - i >= Long.BYTES) {
            long word = (long) WORDS.get(bytes, i);
            // A byte that is 0 has its high bit set when one is taken from it; what that borrows from lies behind it.
            long others = (word | (word - ONES)) & HIGH_BITS;
            if (others != 0) {
                return i + Long.numberOfTrailingZeros(others) / Byte.SIZE;
            }
            i += Long.BYTES;
        }
        while (i < to && bytes[i] > 0) {
            i++;
        }
        return i;
    }

    /** 0 for what is no sequence of several bytes. */
    private static int sequenceLength(byte[] bytes, int at, int to) {
        int lead = bytes[at] & 0xFF;
        int length = lead < 0xC2 || lead > 0xF4 ? 0 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
        if (length == 0 || at + length > to) {
            return 0;
        }
        // The second byte's range excludes overlong forms, surrogates and what lies beyond U+10FFFF.
        int second = bytes[at + 1] & 0xFF;
        int least = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
        int most = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
        if (second < least || second > most) {
            return 0;
        }
        for (int i = 2; i < length; i++) {
            if ((bytes[at + i] & 0xC0) != 0x80) {
                return 0;
            }
        }
        return length;
    }

    static boolean startsWithBom(byte[] bytes, int from, int to) {
        return to - from >= BOM_LENGTH
                && bytes[from] == (byte) 0xEF
                && bytes[from + 1] == (byte) 0xBB
                && bytes[from + 2] == (byte) 0xBF;
    }
}
