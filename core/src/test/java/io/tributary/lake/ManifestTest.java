package io.tributary.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ManifestTest {
    private static final Manifest MANIFEST = manifest(List.of(
            new LakeFile("part-1-000000.json", 120, 2, "00c0ffee"), new LakeFile("담배 '1'.json", 7, 1, "ffffffff")));
    private static final String JSON = """
            {
              "format" : 1,
              "partition" : "data/hour=05/",
              "start" : "2023-09-07T05:00:00Z",
              "previous" : "data/hour=04/",
              "schema" : "transaction_order",
              "columns" : {
                "tr_date" : "string",
                "mount" : "decimal(18,2)"
              },
              "files" : [
                {
                  "name" : "part-1-000000.json",
                  "bytes" : 120,
                  "records" : 2,
                  "crc32c" : "00c0ffee"
                },
                {
                  "name" : "담배 '1'.json",
                  "bytes" : 7,
                  "records" : 1,
                  "crc32c" : "ffffffff"
                }
              ],
              "records" : 3,
              "writer" : "writer-1",
              "writer_epoch" : 3,
              "sealed_at" : "2023-09-07T06:00:01Z"
            }
            """;

    private static Manifest manifest(List<LakeFile> files) {
        Map<String, String> columns = new LinkedHashMap<>();
        columns.put("tr_date", "string");
        columns.put("mount", "decimal(18,2)");
        return new Manifest(
                "data/hour=05/",
                Instant.parse("2023-09-07T05:00:00Z"),
                "data/hour=04/",
                "transaction_order",
                columns,
                files,
                files.stream().mapToLong(LakeFile::records).sum(),
                new Manifest.Writer("writer-1", 3),
                Instant.parse("2023-09-07T06:00:01Z"));
    }

    @Test
    void isWrittenAsThisText() {
        assertThat(MANIFEST.toJson()).isEqualTo(JSON);
    }

    @Test
    void readsBackWhatItWrites() {
        assertThat(Manifest.parse(JSON)).isEqualTo(MANIFEST);
        Manifest empty = manifest(List.of());
        assertThat(Manifest.parse(empty.toJson())).isEqualTo(empty);
    }

    @Test
    void readsOneThatDoesNotTellItsStart() {
        String earlier = JSON.replace("  \"start\" : \"2023-09-07T05:00:00Z\",\n", "");
        Manifest manifest = Manifest.parse(earlier);
        assertThat(manifest.start()).isNull();
        assertThat(manifest.toJson()).isEqualTo(earlier);
    }

    @Property
    void noBeginningOfItIsTakenForTheWhole(@ForAll @IntRange(min = 0, max = 600) int length) {
        String torn = JSON.substring(0, Math.min(length, JSON.length() - 2));
        assertThatIllegalArgumentException().isThrownBy(() -> Manifest.parse(torn));
    }

    @Test
    void saysWhatContradictsItself() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Manifest.parse(JSON.replace("\"records\" : 3", "\"records\" : 4")))
                .withMessage("Invalid manifest of data/hour=05/: 4 records in all, but 3 in its files");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Manifest.parse(JSON.replace("\"format\" : 1", "\"format\" : 2")))
                .withMessageContaining("its format is 2 (this version reads 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Manifest.parse(JSON.replace("\"records\" : 3", "\"records\" : \"3\"")))
                .withMessageContaining("its records is \"3\" (must be an integer)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Manifest.parse(JSON + "{}"))
                .withMessageContaining("torn or no JSON");
    }

    @Test
    void namesNoFileOutsideOfItsPartitionAndNoHiddenOne() {
        for (String name : List.of("../../etc/passwd", "a/b", "a\\b", ".part-1.json", "_SUCCESS", "")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new LakeFile(name, 1, 1, "00000000"))
                    .withMessageStartingWith("Invalid file of a partition: " + name);
        }
    }

    @Test
    void saysWhyBytesAreNoManifest() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> read(new byte[] {(byte) 0xff, (byte) 0xfe}))
                .withMessage("it is not UTF-8");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> read(new byte[0]))
                .withMessage("it is torn: no JSON object is in it");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Manifest.parse(JSON.replace("\"writer_epoch\" : 3", "\"writer_epoch\" : -1")))
                .withMessageContaining("'writer-1' of epoch -1 (must have a name and an epoch of at least 0)");
    }

    private static Manifest read(byte[] bytes) throws IOException {
        return Manifest.read(new ByteArrayInputStream(bytes));
    }
}
