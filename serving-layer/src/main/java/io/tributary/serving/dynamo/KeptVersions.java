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
 * checkpoints a slice takes one slot however often it is put.
 */
final class KeptVersions {
    private final int commits;
    private final NavigableMap<Instant, Map<String, List<Version>>> slices = new TreeMap<>();
    /** The last put before each checkpoint that was prepared. */
    private final NavigableSet<Long> bounds = new TreeSet<>();

    private int firstSlot;
    private int lastSlot = -1;

    /** @param commits how many checkpoints stay readable after they were committed */
    KeptVersions(int commits) {
        this.commits = commits;
    }

    Version next(Address address, long epoch, long put) {
        List<Version> versions = slices.computeIfAbsent(address.partition(), partition -> new HashMap<>())
                .computeIfAbsent(address.sortPrefix(), prefix -> new ArrayList<>(commits + 1));
        for (int i = versions.size() - 1; i >= 0; i--) {
            @Nullable Long bound = bounds.ceiling(versions.get(i).put());
            if (bound == null
                    || i + 1 < versions.size() && bound >= versions.get(i + 1).put()) {
                versions.remove(i);
            }
        }
        long before = versions.isEmpty() ? 0 : versions.get(versions.size() - 1).put();
        Version next = new Version(epoch, put, before, freeSlot(versions));
        versions.add(next);
        return next;
    }

    private int freeSlot(List<Version> kept) {
        Set<Integer> taken = kept.stream().map(Version::slot).collect(Collectors.toSet());
        int slot = firstSlot;
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
        NavigableSet<Long> done = bounds.headSet(put, true);
        while (done.size() > commits) {
            done.pollFirst();
        }
    }

    void forget(Instant before) {
        slices.headMap(before).clear();
    }
}
