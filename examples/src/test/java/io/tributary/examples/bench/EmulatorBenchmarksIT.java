package io.tributary.examples.bench;

import io.tributary.emulator.RequiresNode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@RequiresNode
class EmulatorBenchmarksIT {
    @ParameterizedTest
    @ValueSource(strings = {"enrichment", "publisher"})
    void runsBothSidesToTheSameResult(String name) throws Exception {
        QuickRun.of(name);
    }
}
