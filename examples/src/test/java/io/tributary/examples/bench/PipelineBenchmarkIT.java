package io.tributary.examples.bench;

import org.junit.jupiter.api.Test;

class PipelineBenchmarkIT {
    @Test
    void losesNoOrder() throws Exception {
        QuickRun.of("pipeline");
    }
}
