package io.tributary.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.retail.RetailRecords;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class Utf8Test {
    @Property
    void takesAllText(@ForAll("texts") String text) {
        byte[] bytes = text.getBytes(UTF_8);
        assertThat(Utf8.firstInvalid(bytes, 0, bytes.length)).isEqualTo(-1);
    }

    @Provide
    Arbitrary<String> texts() {
        return RetailRecords.texts();
    }

    /** Compared with the JDK's strict decoder, on bytes that are near the limits of what is well-formed. */
    @Property(tries = 5_000)
    void findsTheFirstByteThatIsWrong(@ForAll("bytes") byte[] bytes, @ForAll @IntRange(max = 3) int from) {
        int start = Math.min(from, bytes.length);
        assertThat(Utf8.firstInvalid(bytes, start, bytes.length)).isEqualTo(expected(bytes, start));
    }

    private static int expected(byte[] bytes, int from) {
        ByteBuffer in = ByteBuffer.wrap(bytes, from, bytes.length - from);
        CoderResult result = UTF_8.newDecoder().decode(in, CharBuffer.allocate(bytes.length + 1), true);
        int decoded = in.position();
        for (int i = from; i < decoded; i++) {
            if (bytes[i] == 0) {
                return i;
            }
        }
        return result.isError() ? decoded : -1;
    }

    @Provide
    Arbitrary<byte[]> bytes() {
        Arbitrary<Integer> limits = Arbitraries.of(
                0x00, 0x01, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC1, 0xC2, 0xDF, 0xE0, 0xED, 0xEF, 0xF0,
                0xF4, 0xF5, 0xFF);
        Arbitrary<byte[]> raw =
                limits.map(Integer::byteValue).array(byte[].class).ofMaxSize(6);
        Arbitrary<byte[]> ascii = Arbitraries.of("", "a", "abcdefg", "abcdefgh", "abcdefghijklmnopqrs", "가나", "🍙")
                .map(text -> text.getBytes(UTF_8));
        return Combinators.combine(ascii, raw, ascii)
                .as((before, middle, after) -> ByteBuffer.allocate(before.length + middle.length + after.length)
                        .put(before)
                        .put(middle)
                        .put(after)
                        .array());
    }
}
