package io.tributary.schema;

import java.util.Comparator;

/** Any text without a NUL; ordered by code point, as SQL engines order UTF-8. */
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
        return text;
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
