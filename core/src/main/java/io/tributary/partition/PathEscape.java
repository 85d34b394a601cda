package io.tributary.partition;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.stream.Collectors;

/**
 * Values as names of directories, escaped as Hive does: characters that mean something in a path, and
 * control characters, become {@code %XX} of their UTF-8 bytes; all others, spaces and Korean letters
 * among them, stay. An escaped value is always one directory below its parent, and no other's.
 */
final class PathEscape {
    private static final HexFormat HEX = HexFormat.of().withUpperCase();
    private static final String RESERVED = "\"#%'*/:=?\\[]^{}";

    private PathEscape() {}

    /**
     * A value as the name of a directory.
     *
     * @throws IllegalArgumentException when it is empty or not valid Unicode
     */
    static String escape(String value) {
        if (value.isEmpty()) {
            throw new IllegalArgumentException("Cannot name a directory by an empty value (give it a name)");
        }
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(value)) {
            throw new IllegalArgumentException(
                    "Cannot escape %s (must be valid Unicode; drop the lone surrogate)".formatted(show(value)));
        }
        if (value.equals(".") || value.equals("..")) {
            return value.replace(".", "%2E");
        }
        StringBuilder escaped = new StringBuilder(value.length() + 8);
        value.codePoints().forEach(c -> {
            if (mustEscape(c)) {
                for (byte b : Character.toString(c).getBytes(StandardCharsets.UTF_8)) {
                    HEX.toHexDigits(escaped.append('%'), b);
                }
            } else {
                escaped.appendCodePoint(c);
            }
        });
        return escaped.toString();
    }

    static boolean mustEscape(int codePoint) {
        return Character.isISOControl(codePoint) || RESERVED.indexOf(codePoint) >= 0;
    }

    /** A text for a message: control characters and lone surrogates by their code. */
    static String show(String text) {
        return text.codePoints().mapToObj(PathEscape::show).collect(Collectors.joining());
    }

    static String show(int codePoint) {
        return Character.isISOControl(codePoint) || Character.getType(codePoint) == Character.SURROGATE
                ? "U+%04X".formatted(codePoint)
                : Character.toString(codePoint);
    }
}
