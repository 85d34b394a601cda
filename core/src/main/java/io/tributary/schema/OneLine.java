package io.tributary.schema;

/** Shows texts from anywhere in one line that cannot steer a terminal. What it has shown it shows as it is. */
final class OneLine {
    private static final int MOST_CHARACTERS = 60;

    private OneLine() {}

    /** The beginning, with escapes in place of control characters and halves of surrogate pairs. */
    static String shortened(String text) {
        return escaped(text, MOST_CHARACTERS);
    }

    /** The whole, escaped. */
    static String of(String text) {
        return escaped(text, Integer.MAX_VALUE);
    }

    private static String escaped(String text, int most) {
        StringBuilder shown = new StringBuilder();
        int room = most;
        for (int at = 0; at < text.length(); ) {
            int c = text.codePointAt(at);
            String piece = isUnsafe(c) ? "\\u%04x".formatted(c) : Character.toString(c);
            room -= piece.codePointCount(0, piece.length());
            if (room < 0) {
                return shown.append('…').toString();
            }
            shown.append(piece);
            at += Character.charCount(c);
        }
        return shown.toString();
    }

    private static boolean isUnsafe(int c) {
        return Character.isISOControl(c) || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
    }
}
