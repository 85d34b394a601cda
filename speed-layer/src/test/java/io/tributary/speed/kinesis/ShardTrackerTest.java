package io.tributary.speed.kinesis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ShardTrackerTest {
    @Property
    void readsEveryShardOnceAfterItsParentsWhateverFails(
            @ForAll @Size(max = 120) List<@IntRange(min = 0, max = 999) Integer> steps) throws IOException {
        Simulation simulation = new Simulation();
        for (int step : steps) {
            int which = step / 10;
            switch (step % 10) {
                case 0 -> simulation.split(which);
                case 1 -> simulation.merge(which);
                case 2, 3 -> simulation.list();
                case 4, 5, 6 -> simulation.finishOne(which);
                case 7 -> simulation.checkpoint();
                case 8 -> simulation.restart();
                default -> simulation.failReader(which % Simulation.READERS);
            }
        }
        simulation.readToTheEnd();
        assertThat(simulation.read).isEqualTo(simulation.stream.keySet());
    }

    @Test
    void startsShardsOfTheFirstListingAtTheStartAndLaterOnesAtTheirBeginning() {
        StartPosition start = StartPosition.at(java.time.Instant.EPOCH);
        ShardTracker tracker = new ShardTracker(ShardProgress.none(start));
        tracker.found(List.of(shard("a")));
        tracker.found(List.of(shard("a"), shard("b")));

        assertThat(tracker.ready()).extracting(TrackedShard::from).containsExactly(start, StartPosition.trimHorizon());
    }

    @Test
    void waitsForBothParentsOfAMerge() {
        ShardTracker tracker = new ShardTracker(ShardProgress.none(StartPosition.trimHorizon()));
        tracker.found(List.of(shard("a"), shard("b"), shard("c", "a", "b")));
        tracker.assigned("a");
        tracker.assigned("b");
        tracker.finished("a");
        assertThat(tracker.ready()).isEmpty();

        tracker.finished("b");
        assertThat(tracker.ready()).extracting(TrackedShard::id).containsExactly("c");
    }

    @Test
    void readsAChildWhoseParentHasExpired() {
        ShardTracker tracker = new ShardTracker(ShardProgress.none(StartPosition.trimHorizon()));
        tracker.found(List.of(shard("b", "a")));

        assertThat(tracker.ready()).extracting(TrackedShard::id).containsExactly("b");
    }

    @Test
    void forgetsWhatWasReadAndHasExpired() {
        ShardTracker tracker = new ShardTracker(ShardProgress.none(StartPosition.trimHorizon()));
        tracker.found(List.of(shard("a"), shard("b", "a")));
        tracker.assigned("a");
        tracker.finished("a");
        tracker.found(List.of(shard("b", "a")));

        assertThat(tracker.progress().shards()).extracting(TrackedShard::id).containsExactly("b");
    }

    private static ListedShard shard(String id, String... parents) {
        return new ListedShard(id, List.of(parents));
    }

    /** A stream that is resharded, a tracker, and readers that fail, with the truth beside them. */
    private static final class Simulation {
        static final int READERS = 2;

        final Map<String, ListedShard> stream = new LinkedHashMap<>();
        Set<String> read = new HashSet<>();
        private final Set<String> closed = new HashSet<>();
        private List<Set<String>> held = List.of(new TreeSet<>(), new TreeSet<>());
        private List<Set<String>> given = List.of(new TreeSet<>(), new TreeSet<>());
        private List<Set<String>> ended = List.of(new TreeSet<>(), new TreeSet<>());
        private ShardTracker tracker = new ShardTracker(ShardProgress.none(StartPosition.trimHorizon()));
        private byte[] savedProgress;
        private List<Set<String>> savedHeld;
        private Set<String> savedRead;

        Simulation() throws IOException {
            add();
            add();
            checkpoint();
        }

        private void add(String... parents) {
            String id = "shardId-%012d".formatted(stream.size());
            stream.put(id, shard(id, parents));
            closed.addAll(List.of(parents));
        }

        private List<String> open() {
            return stream.keySet().stream().filter(id -> !closed.contains(id)).toList();
        }

        void split(int which) {
            String parent = open().get(which % open().size());
            add(parent);
            add(parent);
        }

        void merge(int which) {
            List<String> open = open();
            if (open.size() > 1) {
                int first = which % open.size();
                add(open.get(first), open.get((first + 1) % open.size()));
            }
        }

        void list() {
            tracker.found(stream.values());
            assign();
        }

        private void assign() {
            for (TrackedShard shard : tracker.ready()) {
                assertThat(read).containsAll(shard.parents()).doesNotContain(shard.id());
                assertThat(held).noneMatch(ids -> ids.contains(shard.id()));
                int reader = Math.floorMod(shard.id().hashCode(), READERS);
                tracker.assigned(shard.id());
                held.get(reader).add(shard.id());
                given.get(reader).add(shard.id());
            }
        }

        void finishOne(int which) {
            for (int reader = 0; reader < READERS; reader++) {
                List<String> ready =
                        held.get(reader).stream().filter(closed::contains).toList();
                if (!ready.isEmpty()) {
                    finish(reader, ready.get(which % ready.size()));
                }
            }
        }

        private void finish(int reader, String id) {
            held.get(reader).remove(id);
            ended.get(reader).add(id);
            assertThat(read.add(id)).isTrue();
            tracker.finished(id);
            assign();
        }

        void checkpoint() throws IOException {
            savedProgress = new ShardProgressSerializer().serialize(tracker.progress());
            savedHeld = copy(held);
            savedRead = new HashSet<>(read);
            given = List.of(new TreeSet<>(), new TreeSet<>());
            ended = List.of(new TreeSet<>(), new TreeSet<>());
        }

        void restart() throws IOException {
            tracker = new ShardTracker(new ShardProgressSerializer().deserialize(2, savedProgress));
            held = copy(savedHeld);
            read = new HashSet<>(savedRead);
            checkpoint();
        }

        /** One reader goes back to the checkpoint, the enumerator does not. */
        void failReader(int reader) {
            read.removeAll(ended.get(reader));
            ended.get(reader).clear();
            given.get(reader).forEach(id -> tracker.returned(KinesisSplit.unread(id, StartPosition.trimHorizon())));
            given.get(reader).clear();
            held.get(reader).clear();
            held.get(reader).addAll(savedHeld.get(reader));
            held.get(reader).forEach(tracker::assigned);
            assign();
        }

        void readToTheEnd() {
            closed.addAll(stream.keySet());
            list();
            while (held.stream().anyMatch(ids -> !ids.isEmpty())) {
                finishOne(0);
            }
        }

        private static List<Set<String>> copy(List<Set<String>> sets) {
            List<Set<String>> copies = new ArrayList<>();
            sets.forEach(set -> copies.add(new TreeSet<>(set)));
            return copies;
        }
    }
}
