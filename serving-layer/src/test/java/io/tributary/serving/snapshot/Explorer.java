package io.tributary.serving.snapshot;

import io.tributary.serving.snapshot.HandOver.Reached;
import io.tributary.view.Digest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Plays all schedules of a hand-over up to a number of moves, each state once, by ever longer schedules. */
final class Explorer {
    private final Set<Mutation> mutations;
    private final List<Move> start;
    private final Set<String> states = new HashSet<>();
    private long moves;

    /** A schedule that breaks the promise, which none with fewer moves does. */
    record Trace(List<Move> moves, String violation) {}

    Explorer(Set<Mutation> mutations, List<Move> start) {
        this.mutations = Set.copyOf(mutations);
        this.start = List.copyOf(start);
    }

    /** States that were found to differ. */
    int states() {
        return states.size();
    }

    /** Moves from one state to another, equal ones included. */
    long moves() {
        return moves;
    }

    Optional<Trace> explore(int depth) {
        Deque<Node> open = new ArrayDeque<>();
        open.add(new Node(null, Move.ON, 0));
        while (!open.isEmpty()) {
            Node node = open.remove();
            Reached reached;
            try {
                moves++;
                reached = new HandOver(mutations, HandOver.Limits.SMALL).play(node.after(start));
            } catch (ModelReader.Violation e) {
                return Optional.of(new Trace(node.after(List.of()), String.valueOf(e.getMessage())));
            }
            if (states.add(Digest.of(reached.state()).substring(0, 32)) && node.length < depth) {
                reached.moves().forEach(move -> open.add(new Node(node, move, node.length + 1)));
            }
        }
        return Optional.empty();
    }

    /** A schedule, which shares its beginning with others. */
    private record Node(@Nullable Node parent, Move move, int length) {
        List<Move> after(List<Move> start) {
            Move[] own = new Move[length];
            Node node = this;
            for (int i = length - 1; i >= 0 && node != null; i--) {
                own[i] = node.move;
                node = node.parent;
            }
            List<Move> schedule = new ArrayList<>(start);
            Collections.addAll(schedule, own);
            return schedule;
        }
    }
}
