package io.tributary.schema;

import java.util.Comparator;

/** Any text that UTF-8 can hold, without a NUL; ordered by code point, as SQL engines order UTF-8. */
record TextType() implements ColumnType<String> {
    static final TextType INSTANCE = new TextType();

    @Override
    public Class<String> javaType() {
        return String.class;
    }

    @Override
    public JsonKind jsonKind() {
        return JsonKind.STRING;
    }

    @Override
    public String hiveType() {
        return "string";
    }

    @Override
    public String parse(String text) {
        return normalize(text);
    }

    @Override
    public String normalize(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == 0) {
                throw new InvalidValueException(value, "text without a NUL character");
            }
            if (Character.isSurrogate(c)) {
                if (!Character.isHighSurrogate(c)
                        || i + 1 == value.length()
                        || !Character.isLowSurrogate(value.charAt(i + 1))) {
                    throw new InvalidValueException(
                            value, "text without half a surrogate pair, which UTF-8 cannot hold");
                }
                i++;
            }
        }
        return value;
    }

    @Override
    public String format(String value) {
        return value;
    }

    @Override
    public Comparator<String> order() {
        return TextType::compareCodePoints;
    }

    private static int compareCodePoints(String a, String b) {
        int length = Math.min(a.length(), b.length());
        for (int i = 0; i < length; i++) {
            char x = a.charAt(i);
            char y = b.charAt(i);
            if (x != y) {
                // Surrogates stand for code points above every other char.
                return Character.isSurrogate(x) == Character.isSurrogate(y)
                        ? Character.compare(x, y)
                        : Boolean.compare(Character.isSurrogate(x), Character.isSurrogate(y));
            }
        }
        return Integer.compare(a.length(), b.length());
    }
}
