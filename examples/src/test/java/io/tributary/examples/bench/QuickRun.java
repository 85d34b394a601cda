package io.tributary.examples.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;

/** A benchmark at its smallest: that it runs, and that its sides agree. */
final class QuickRun {
    private QuickRun() {}

    static void of(String name) throws Exception {
        List<Line> lines = new ArrayList<>();
        Benchmarks.find(name).orElseThrow().run(Scale.QUICK, lines::add);
        assertThat(lines)
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line.ratio().least()).isPositive());
    }
}
