package io.tributary.examples.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each side in a JVM of its own, and both to the same rows. */
class FlinkBenchmarksIT {
    @ParameterizedTest
    @ValueSource(strings = {"tumble", "cumulate", "checkpoint", "labs", "growth"})
    void runsBothSidesToTheSameRows(String name) throws Exception {
        List<Line> lines = new ArrayList<>();
        Benchmarks.find(name).orElseThrow().run(Scale.QUICK, lines::add);
        assertThat(lines)
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line.ratio().least()).isPositive());
    }
}
