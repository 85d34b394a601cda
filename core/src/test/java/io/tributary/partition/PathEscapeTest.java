package io.tributary.partition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PathEscapeTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        processing-failed | processing-failed
        담배              | 담배
        a b+c             | a b+c
        a/b=c%d:e         | a%2Fb%3Dc%25d%3Ae
        ?*[]{}"'#\\^      | %3F%2A%5B%5D%7B%7D%22%27%23%5C%5E
        .                 | %2E
        ..                | %2E%2E
        ...               | ...
        ../x              | ..%2Fx
        """)
    void escapesWhatMeansSomethingInAPath(String value, String escaped) {
        assertThat(PathEscape.escape(value)).isEqualTo(escaped);
    }

    @Test
    void escapesControlCharactersByTheirUtf8() {
        assertThat(PathEscape.escape("\0\n\u007F\u0085")).isEqualTo("%00%0A%7F%C2%85");
    }

    @Property
    void everyTextComesBackFromOneDirectory(@ForAll("texts") String value) {
        String escaped = PathEscape.escape(value);
        assertThat(URLDecoder.decode(escaped.replace("+", "%2B"), StandardCharsets.UTF_8))
                .isEqualTo(value);
        assertThat(escaped).doesNotContain("/");
        assertThat(Path.of("lake").resolve(escaped).normalize().getNameCount()).isEqualTo(2);
    }

    @Test
    void refusesWhatCannotNameADirectory() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PathEscape.escape(""))
                .withMessageContaining("empty value");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PathEscape.escape("a\uD800"))
                .withMessageStartingWith("Cannot escape aU+D800");
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.integers()
                .between(0, Character.MAX_CODE_POINT)
                .filter(c -> c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE)
                .edgeCases(config -> config.add((int) '.', (int) '/', (int) '%', (int) '+', 0))
                .list()
                .ofMinSize(1)
                .ofMaxSize(12)
                .map(points -> points.stream().map(Character::toString).reduce("", String::concat));
    }
}
