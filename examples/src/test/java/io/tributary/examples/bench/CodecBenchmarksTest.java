package io.tributary.examples.bench;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CodecBenchmarksTest {
    @ParameterizedTest
    @ValueSource(strings = {"json", "path", "time"})
    void runsBothSidesToTheSameResult(String name) throws Exception {
        QuickRun.of(name);
    }
}
