package io.tributary.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.CRC32C;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class LakeFileTest {
    @Provide
    Arbitrary<List<String>> lines() {
        return Arbitraries.of(
                        "",
                        " ",
                        "\t\r ",
                        "{}",
                        "  {\"qty\":1}",
                        "담배",
                        "\u0000",
                        "x".repeat(7),
                        "x".repeat(8),
                        "\u000b\u008a\u010a 123456")
                .list()
                .ofMaxSize(12);
    }

    @Property
    void countsTheLinesThatAreNotBlankHoweverTheyAreRead(
            @ForAll("lines") List<String> lines, @ForAll @IntRange(min = 1, max = 21) int most) throws IOException {
        byte[] bytes = lines.stream()
                .map(line -> line + "\n")
                .reduce("", String::concat)
                .getBytes(StandardCharsets.UTF_8);
        CRC32C checksum = new CRC32C();
        checksum.update(bytes);
        long records = lines.stream()
                .filter(line -> line.chars().anyMatch(letter -> letter > ' '))
                .count();
        assertThat(LakeFile.measure("a.json", inPieces(bytes, most)))
                .isEqualTo(LakeFile.of("a.json", bytes.length, records, checksum.getValue()));
    }

    private static InputStream inPieces(byte[] bytes, int most) {
        return new FilterInputStream(new ByteArrayInputStream(bytes)) {
            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                return super.read(buffer, offset, Math.min(length, most));
            }
        };
    }

    @Test
    void refusesAFileThatEndsWithinALine() {
        for (String torn : List.of("x", "{}\n{}", "{}\n ", "x".repeat(70_000))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() ->
                            LakeFile.measure("a.json", new ByteArrayInputStream(torn.getBytes(StandardCharsets.UTF_8))))
                    .withMessage("it ends within a line (remove it, or write it again whole)");
        }
    }
}
