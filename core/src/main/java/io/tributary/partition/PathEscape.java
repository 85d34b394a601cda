package io.tributary.partition;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.stream.Collectors;

/**
 * Values as names of directories, escaped as Hive does: characters that mean something in a path, and
 * control characters, become {@code %XX} of their UTF-8 bytes; all others, spaces and Korean letters
 * among them, stay. {@code unescape(escape(v))} equals {@code v} for any text but the empty one, and an
 * escaped value is always one directory below its parent.
 */
public final class PathEscape {
    private static final HexFormat HEX = HexFormat.of().withUpperCase();
    private static final String RESERVED = "\"#%'*/:=?\\[]^{}";

    private PathEscape() {}

    /**
     * A value as the name of a directory.
     *
     * @throws IllegalArgumentException when it is empty or not valid Unicode
     */
    public static String escape(String value) {
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

    /**
     * The value that a directory is named by.
     *
     * @throws IllegalArgumentException when a {@code %} does not begin an escape, or the bytes are not UTF-8
     */
    public static String unescape(String name) {
        if (name.indexOf('%') < 0) {
            return name;
        }
        try {
            ByteBuffer utf8 = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(name));
            ByteArrayOutputStream bytes = new ByteArrayOutputStream(utf8.remaining());
            while (utf8.hasRemaining()) {
                byte b = utf8.get();
                if (b != '%') {
                    bytes.write(b);
                } else if (utf8.remaining() >= 2) {
                    bytes.write(HexFormat.fromHexDigit(utf8.get()) << 4 | HexFormat.fromHexDigit(utf8.get()));
                } else {
                    throw new NumberFormatException("cut off");
                }
            }
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
        } catch (NumberFormatException | CharacterCodingException e) {
            throw new IllegalArgumentException(
                    "Invalid directory name: %s (two hex digits of UTF-8 must follow a %%; write %%25 for it)"
                            .formatted(show(name)),
                    e);
        }
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
