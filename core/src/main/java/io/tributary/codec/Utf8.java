package io.tributary.codec;

/** Tells well-formed UTF-8 from what parsers let pass: overlong forms, surrogates, NUL bytes. */
final class Utf8 {
    static final int BOM_LENGTH = 3;

    private Utf8() {}

    /** The index of the first byte that is not well-formed or NUL; -1 when there is none. */
    static int firstInvalid(byte[] bytes, int from, int to) {
        int i = from;
        while (i < to) {
            byte b = bytes[i];
            if (b > 0) {
                i++;
                continue;
            }
            int length = b == 0 ? 0 : sequenceLength(bytes, i, to);
            if (length == 0) {
                return i;
            }
            i += length;
        }
        return -1;
    }

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
