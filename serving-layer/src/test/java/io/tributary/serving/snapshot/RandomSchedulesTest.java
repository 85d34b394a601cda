package io.tributary.serving.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.serving.snapshot.HandOver.Limits;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The lambda theorem over random schedules of the hand-over: late and replayed records, failures between any two
 * writes, writers and builders that were replaced. Each answer on the way is that of one pass, or says what it
 * lacks, and in the end each record is in the answer once.
 */
class RandomSchedulesTest {
    private static final int SCHEDULES = Integer.getInteger("model.schedules", 20_000);

    private static int walk(long seed, Set<Mutation> mutations) {
        Random random = new Random(seed);
        Limits limits =
                new Limits(1 + random.nextInt(9), 1 + random.nextInt(6), random.nextInt(5), 1 + random.nextInt(4));
        try {
            return new HandOver(mutations, limits)
                    .walk(random, 20 + random.nextInt(100))
                    .size();
        } catch (RuntimeException e) {
            throw new AssertionError("Cannot hold the theorem by the schedule of seed " + seed, e);
        }
    }

    @Test
    void everyAnswerIsOnePass() {
        long moves = 0;
        for (long seed = 0; seed < SCHEDULES; seed++) {
            moves += walk(seed, Set.of());
        }
        System.out.printf("lambda theorem: %,d random schedules, %,d moves, 0 mismatches%n", SCHEDULES, moves);
        assertThat(moves).isGreaterThan(20L * SCHEDULES);
    }

    @ParameterizedTest
    @EnumSource
    void everyKnownBugBreaksIt(Mutation bug) {
        assertThatThrownBy(() -> {
                    for (long seed = 0; seed < 20_000; seed++) {
                        walk(seed, Set.of(bug));
                    }
                })
                .isInstanceOf(AssertionError.class)
                .hasRootCauseInstanceOf(ModelReader.Violation.class);
    }
}
