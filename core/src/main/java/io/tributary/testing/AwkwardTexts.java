package io.tributary.testing;

import java.text.Normalizer;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/**
 * Texts that code which is wrong about texts is wrong about. Those of {@link #all()} are well-formed: each comes back
 * from UTF-8, and no two of them are equal, though some look so. NUL is not among them, as no column of texts takes it.
 */
public final class AwkwardTexts {
    private static final String KOREAN = "담배";

    private AwkwardTexts() {}

    /**
     * All of them: empty and blank, Korean composed and as Jamo, half width, emoji of several code points, right to left,
     * quotes, backslashes, the separators of formats and keys, control characters, paths, markup, statements and
     * formulas, what looks like null or a number, an order in UTF-16 that is not that of code points, 100,000 characters.
     */
    public static List<String> all() {
        return List.of(
                "",
                " ",
                " a",
                "a ",
                "a",
                "A",
                KOREAN,
                Normalizer.normalize(KOREAN, Normalizer.Form.NFD),
                "ㄷㅏㅁ",
                "ﾊﾝｶｸ",
                "é",
                "e\u0301",
                "ß",
                "İ",
                "😀",
                "👩‍👩‍👧‍👦",
                "🇰🇷",
                "\uFFFF",
                "\uFF8A",
                "\uFEFF",
                "שלום",
                "abc \u202Eגזע\u202C",
                "'",
                "\"",
                "''",
                "a'b\"c`d",
                "\\",
                "\\\\",
                "\\s",
                "\\u0041",
                "a\\",
                "],[\"",
                ",",
                ";",
                "|",
                "=",
                "#",
                "%",
                "%41",
                "+",
                "&amp;",
                "\t",
                "\n",
                "\r\n",
                "\u001F",
                "a\u001Fb",
                "\u007F",
                "\u0085",
                "\u2028",
                "../",
                "../../etc/passwd",
                "/",
                "a/b",
                "C:\\",
                "hour=00",
                "_SUCCESS",
                "<script>alert(1)</script>",
                "]]>",
                "'; drop table orders; --",
                "${jndi:ldap://a}",
                "=1+1",
                "null",
                "NULL",
                "\\N",
                "NaN",
                "true",
                "0",
                "-0",
                "007",
                "1e3",
                "2015-01-02",
                "x".repeat(100_000));
    }

    /** Texts that are no Unicode: a surrogate without the other. In UTF-8 they cannot be written, so they do not come back. */
    public static List<String> illFormed() {
        return List.of("\uD83D", "\uDE00", "a\uD83Db", "\uDE00\uD83D");
    }

    /** Gives well-formed texts without end, of at most 64 characters: those of {@link #all()} and joins of two; the same for the same seed. */
    public static Supplier<String> random(long seed) {
        Random random = new Random(seed);
        List<String> texts = all().stream().filter(text -> text.length() <= 32).toList();
        return () -> {
            String text = texts.get(random.nextInt(texts.size()));
            return random.nextBoolean() ? text : text + texts.get(random.nextInt(texts.size()));
        };
    }
}
