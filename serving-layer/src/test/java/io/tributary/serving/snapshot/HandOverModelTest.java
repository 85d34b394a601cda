package io.tributary.serving.snapshot;

import static io.tributary.serving.snapshot.Move.COMMIT_LAKE;
import static io.tributary.serving.snapshot.Move.COMMIT_STORE;
import static io.tributary.serving.snapshot.Move.COMPLETE;
import static io.tributary.serving.snapshot.Move.FAIL_OVER;
import static io.tributary.serving.snapshot.Move.FIRST_BUILDER;
import static io.tributary.serving.snapshot.Move.FIRST_READER;
import static io.tributary.serving.snapshot.Move.ON;
import static io.tributary.serving.snapshot.Move.PREPARE;
import static io.tributary.serving.snapshot.Move.SEAL;
import static io.tributary.serving.snapshot.Move.SECOND_BUILDER;
import static io.tributary.serving.snapshot.Move.TAKE;
import static io.tributary.serving.snapshot.Move.TICK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.tributary.serving.snapshot.Explorer.Trace;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** All interleavings of the hand-over up to some moves: an answer is that of one pass, or says what it lacks. */
class HandOverModelTest {
    /** The moves that are explored, {@code -Dmodel.moves=12} in the soak. */
    private static final int MOVES = Integer.getInteger("model.moves", 6);

    private static final int MOVES_TO_A_BUG = 6;

    /** A checkpoint is committed in both layers, and nothing is sealed. */
    private static final List<Move> EARLY =
            List.of(TAKE, TAKE, TICK, TAKE, PREPARE, COMPLETE, COMMIT_LAKE, COMMIT_STORE);

    /** The first partition is published, and the second could be sealed. */
    private static final List<Move> LATE = then(
            EARLY,
            SEAL,
            FIRST_BUILDER,
            FIRST_BUILDER,
            FIRST_BUILDER,
            ON,
            FIRST_BUILDER,
            FIRST_BUILDER,
            FIRST_READER,
            ON,
            TICK,
            TAKE,
            PREPARE,
            COMPLETE,
            COMMIT_LAKE);

    @Test
    void noAnswerIsEverWrong() {
        for (List<Move> start : List.of(EARLY, LATE)) {
            Explorer explorer = new Explorer(Set.of(), start);
            assertThat(explorer.explore(MOVES)).isEmpty();
            System.out.printf(
                    "hand-over: %d states by %d schedules of up to %d moves, 0 violations%n",
                    explorer.states(), explorer.moves(), MOVES);
        }
    }

    /** Each bug, and how far its trace is given. */
    static List<Arguments> bugs() {
        List<Move> built = then(LATE, SEAL, FIRST_BUILDER, FIRST_BUILDER);
        List<Move> bothBuilt = then(
                then(EARLY, SEAL, FIRST_BUILDER, FIRST_BUILDER, TICK, TAKE, PREPARE, COMPLETE, COMMIT_LAKE),
                then(List.of(SEAL), SECOND_BUILDER, SECOND_BUILDER, SECOND_BUILDER, ON, SECOND_BUILDER, SECOND_BUILDER)
                        .toArray(Move[]::new));
        return List.of(
                arguments(Mutation.OLD_BOUNDARY_NEW_DATA, built),
                arguments(Mutation.DOUBLE_COMMIT, then(EARLY, FAIL_OVER, SEAL, FIRST_BUILDER, FIRST_BUILDER)),
                arguments(Mutation.UNFENCED_PUBLICATION, bothBuilt),
                arguments(Mutation.RETENTION_BEFORE_PUBLICATION, LATE),
                arguments(Mutation.HOLE_AS_SUCCESS, then(built, FIRST_BUILDER, ON)),
                arguments(
                        Mutation.LATE_ROWS_BEHIND_BOUNDARY,
                        then(EARLY, TAKE, TICK, SEAL, FIRST_BUILDER, FIRST_BUILDER, FIRST_BUILDER, ON)));
    }

    private static List<Move> then(List<Move> before, Move... moves) {
        List<Move> all = new ArrayList<>(before);
        Collections.addAll(all, moves);
        return List.copyOf(all);
    }

    @ParameterizedTest
    @MethodSource("bugs")
    void everyKnownBugIsFound(Mutation bug, List<Move> start) {
        assertThat(new Explorer(Set.of(), start).explore(MOVES - 1)).isEmpty();

        Optional<Trace> trace = new Explorer(Set.of(bug), start).explore(MOVES_TO_A_BUG);

        assertThat(trace).as("a trace of %s", bug).isPresent();
        trace.ifPresent(found -> System.out.printf("hand-over: %s by %s: %s%n", bug, found.moves(), found.violation()));
    }
}
