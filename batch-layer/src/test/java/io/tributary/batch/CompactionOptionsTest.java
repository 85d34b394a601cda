package io.tributary.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class CompactionOptionsTest {
    @Test
    void takesRowGroupsOfASensibleSize() {
        CompactionOptions options = CompactionOptions.defaults();
        assertThat(options.rowGroupRecords()).isEqualTo(122_880);
        assertThat(options.withRowGroupRecords(2_048).rowGroupRecords()).isEqualTo(2_048);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> options.withRowGroupRecords(2_047))
                .withMessage("Invalid rowGroupRecords: 2047 (must be from 2048 to 10000000)");
    }

    @Test
    void convertsSomeSetsAtATime() {
        CompactionOptions options = CompactionOptions.defaults();
        assertThat(options.parallelism()).isEqualTo(2);
        assertThat(options.withParallelism(1).parallelism()).isEqualTo(1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> options.withParallelism(0))
                .withMessage("Invalid parallelism: 0 (must be from 1 to 64)");
    }
}
