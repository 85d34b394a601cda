package io.tributary.lake;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.fuzz.Fuzzer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A damaged manifest is refused, or it is one that reads back. */
class ManifestFuzzTest {
    @Test
    void damagedManifestsAreRefusedOrReadBackEqual() {
        Manifest manifest = new Manifest(
                "data/hour=05/",
                Instant.parse("2023-09-07T05:00:00Z"),
                "data/hour=04/",
                "transaction_order",
                Map.of("tr_date", "string"),
                List.of(new LakeFile("part-1.json", 120, 2, "00c0ffee"), new LakeFile("담배 '1'.json", 7, 1, "ffffffff")),
                3,
                new Manifest.Writer("writer-1", 3),
                Instant.parse("2023-09-07T06:00:01Z"));

        Fuzzer.texts(List.of(manifest.toJson()), text -> {
            Manifest read;
            try {
                read = Manifest.parse(text);
            } catch (IllegalArgumentException e) {
                return;
            }
            assertThat(Manifest.parse(read.toJson())).isEqualTo(read);
        });
    }
}
