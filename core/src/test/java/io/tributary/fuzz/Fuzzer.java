package io.tributary.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/** Damages valid inputs at random: the same seed gives the same inputs. */
public final class Fuzzer {
    /** How many inputs each reader is tried with. */
    private static final int INPUTS = Integer.getInteger("fuzz.inputs", 50_000);

    private static final int MOST_CHANGES = 4;
    private static final List<String> TOKENS = List.of(
            "{",
            "}",
            "[",
            "]",
            "\"",
            ",",
            ":",
            "null",
            "true",
            "-1",
            "0",
            "1e400",
            "9223372036854775808",
            "NaN",
            "1.5",
            "\\u0000",
            "\\ud800",
            "\u0000",
            "\n",
            "\r\n",
            "\"a\":",
            "{}",
            "[]",
            "\"\"",
            "%",
            "%2F",
            "=",
            "/",
            "//",
            "..",
            "!{",
            "!{timestamp:",
            "yyyy",
            "MM",
            "dd",
            "HH",
            "'",
            "-0",
            "00",
            "+",
            "2023-09-07T04:00:00Z",
            "-999999999-01-01T00:00:00Z");

    private final Random random;
    private final List<byte[]> valid;

    private Fuzzer(long seed, List<byte[]> valid) {
        this.random = new Random(seed);
        this.valid = List.copyOf(valid);
    }

    /** Tries a reader of texts, which has to check what it accepts. */
    public static void texts(List<String> valid, Consumer<String> reader) {
        bytes(
                valid.stream()
                        .map(text -> text.getBytes(StandardCharsets.UTF_8))
                        .toList(),
                input -> reader.accept(new String(input, StandardCharsets.UTF_8)));
    }

    /** Tries a reader of bytes, which has to check what it accepts. */
    public static void bytes(List<byte[]> valid, Consumer<byte[]> reader) {
        Fuzzer fuzzer = new Fuzzer(valid.size(), valid);
        for (int i = 0; i < INPUTS; i++) {
            byte[] input = fuzzer.next();
            try {
                reader.accept(input);
            } catch (RuntimeException | AssertionError | StackOverflowError e) {
                throw new AssertionError(
                        "Cannot read input %d as it should be: %s"
                                .formatted(i, new String(input, StandardCharsets.UTF_8)),
                        e);
            }
        }
    }

    private byte[] next() {
        byte[] input = any(valid);
        for (int changes = 1 + random.nextInt(MOST_CHANGES); changes > 0; changes--) {
            input = changed(input);
        }
        return input;
    }

    private <T> T any(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    /** Replaces a range, which may be empty, by some bytes, which may be none. */
    private byte[] changed(byte[] input) {
        int from = random.nextInt(input.length + 1);
        int most = random.nextInt(8) == 0 ? input.length - from : Math.min(4, input.length - from);
        int to = from + random.nextInt(most + 1);
        byte[] instead = switch (random.nextInt(5)) {
            case 0 -> new byte[0];
            case 1 -> new byte[] {(byte) random.nextInt(256)};
            case 2 -> any(TOKENS).getBytes(StandardCharsets.UTF_8);
            case 3 -> part(any(valid));
            default -> part(input);
        };
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(input, 0, from);
        out.writeBytes(instead);
        out.write(input, to, input.length - to);
        return out.toByteArray();
    }

    private byte[] part(byte[] input) {
        int from = random.nextInt(input.length + 1);
        int length = random.nextInt(Math.min(40, input.length - from) + 1);
        byte[] part = new byte[length];
        System.arraycopy(input, from, part, 0, length);
        return part;
    }
}
