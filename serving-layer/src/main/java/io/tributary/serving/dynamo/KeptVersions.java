package io.tributary.serving.dynamo;

import io.tributary.serving.dynamo.ItemLayout.Address;
import io.tributary.serving.dynamo.ItemLayout.Version;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Where a writer's next version of a slice goes. The newest version before each checkpoint that readers see,
 * or may see at any moment, stays where it is; all others may be overwritten, so that between two
 * checkpoints a slice takes one slot however often it is put. Of a partition that was not put into for many
 * checkpoints only the slots are remembered: what is put there after all takes others.
 */
final class KeptVersions {
    /** Far more than stay readable: a partition that is put into now and then would take new slots each time. */
    private static final int RESTS_AFTER = 100;

    private final int commits;
    private final NavigableMap<Instant, Slices> partitions = new TreeMap<>();
    /** The first slot that may be used in a partition that is at rest. */
    private final NavigableMap<Instant, Integer> atRest = new TreeMap<>();
    /** The last put before each checkpoint that was prepared. */
    private final NavigableSet<Long> bounds = new TreeSet<>();

    private int firstSlot;
    private int lastSlot = -1;
    private long committed;
    private long lastCommitted;

    private static final class Slices {
        final Map<String, List<Version>> versions = new HashMap<>();
        long lastCommit;
    }

    /** @param commits how many checkpoints stay readable after they were committed */
    KeptVersions(int commits) {
        this.commits = commits;
    }

    Version next(Address address, long epoch, long put) {
        Slices slices = partitions.computeIfAbsent(address.partition(), partition -> new Slices());
        slices.lastCommit = committed;
        List<Version> versions =
                slices.versions.computeIfAbsent(address.sortPrefix(), prefix -> new ArrayList<>(commits + 1));
        for (int i = versions.size() - 1; i >= 0; i--) {
            @Nullable Long bound = bounds.ceiling(versions.get(i).put());
            if (bound == null
                    || i + 1 < versions.size() && bound >= versions.get(i + 1).put()) {
                versions.remove(i);
            }
        }
        @Nullable Integer restedFrom = atRest.get(address.partition());
        long first = restedFrom == null ? Version.NONE_BEFORE : Version.UNKNOWN_BEFORE;
        long before =
                versions.isEmpty() ? first : versions.get(versions.size() - 1).put();
        int from = restedFrom == null ? firstSlot : Math.max(firstSlot, restedFrom);
        Version next = new Version(epoch, put, before, freeSlot(versions, from));
        versions.add(next);
        return next;
    }

    private int freeSlot(List<Version> kept, int from) {
        Set<Integer> taken = kept.stream().map(Version::slot).collect(Collectors.toSet());
        int slot = from;
        while (taken.contains(slot)) {
            slot++;
        }
        lastSlot = Math.max(lastSlot, slot);
        return slot;
    }

    /** Uses no slot again into which something may still be written late. */
    void leaveSlots() {
        firstSlot = lastSlot + 1;
    }

    void prepared(long put) {
        bounds.add(put);
    }

    void committed(long put) {
        // Those that were prepared in between were aborted.
        bounds.subSet(lastCommitted, false, put, false).clear();
        lastCommitted = put;
        NavigableSet<Long> done = bounds.headSet(put, true);
        while (done.size() > commits) {
            done.pollFirst();
        }
        committed++;
        partitions.entrySet().removeIf(partition -> {
            boolean rests = committed - partition.getValue().lastCommit > commits + RESTS_AFTER;
            if (rests) {
                atRest.put(partition.getKey(), lastSlot + 1);
            }
            return rests;
        });
    }

    void forget(Instant before) {
        partitions.headMap(before).clear();
        atRest.headMap(before).clear();
    }

    /** Of how many slices the versions are remembered. */
    int size() {
        return partitions.values().stream()
                .mapToInt(slices -> slices.versions.size())
                .sum();
    }
}
