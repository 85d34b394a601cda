package io.tributary.partition;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.fuzz.Fuzzer;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** A damaged template or path is refused, or it is one that renders back. */
class PartitionLayoutFuzzTest {
    private static final List<String> TEMPLATES = List.of(
            "data/stream_data/year=!{timestamp:yyyy}/month=!{timestamp:MM}/day=!{timestamp:dd}/hour=!{timestamp:HH}/",
            "levels/day=!{timestamp:yyyy-MM-dd}/",
            "!{timestamp:yyyy/MM/dd/HH}/",
            "a=b/dt=!{timestamp:yyyyMMdd}/");

    private static <T> Optional<T> accepted(Supplier<T> reading) {
        try {
            return Optional.of(reading.get());
        } catch (IllegalArgumentException e) {
            assertThat(e).hasMessageMatching("(?s)(Invalid|Cannot).*");
            return Optional.empty();
        }
    }

    @Test
    void damagedTemplatesAreRefusedOrRenderBack() {
        Fuzzer.texts(
                TEMPLATES,
                template -> accepted(() -> PartitionLayout.parse(template))
                        .ifPresent(layout -> assertThat(PartitionLayout.parse(layout.template()))
                                .isEqualTo(layout)));
    }

    @Test
    void damagedPathsAreRefusedOrRenderBack() {
        PartitionLayout layout = PartitionLayout.parse(TEMPLATES.get(0));
        List<String> paths = List.of(
                "data/stream_data/year=2023/month=09/day=07/hour=04/",
                "data/stream_data/year=0001/month=12/day=31/hour=23/");
        Fuzzer.texts(
                paths,
                path -> accepted(() -> layout.parsePath(path))
                        .ifPresent(partition ->
                                assertThat(partition.path()).isEqualTo(path.endsWith("/") ? path : path + "/")));
    }
}
