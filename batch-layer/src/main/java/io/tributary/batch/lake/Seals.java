package io.tributary.batch.lake;

import io.tributary.partition.Partition;
import io.tributary.view.BatchView.Hole;
import io.tributary.view.Digest;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * The manifests of a lake before a cut, unread: what tells whether a partition is sealed as it was.
 *
 * @param versions by their partitions; a manifest that is put again has another version
 * @param unsealed the partitions that have a directory and no manifest
 */
public record Seals(NavigableMap<Partition, String> versions, NavigableSet<Partition> unsealed) {
    public Seals {
        versions = new TreeMap<>(versions);
        unsealed = new TreeSet<>(unsealed);
    }

    /** What is told of a partition that is not sealed. */
    public static Hole unsealed(Partition partition) {
        return new Hole(partition.path(), "it is not sealed");
    }

    /** A digest of the manifests of some partitions: another one when any of them came, went or changed. */
    public String digest(Predicate<Partition> wanted) {
        StringBuilder lines = new StringBuilder();
        for (Map.Entry<Partition, String> seal : versions.entrySet()) {
            if (wanted.test(seal.getKey())) {
                lines.append(seal.getKey().path())
                        .append(' ')
                        .append(seal.getValue())
                        .append('\n');
            }
        }
        return Digest.of(lines.toString());
    }

    public boolean has(Partition partition) {
        return versions.containsKey(partition);
    }
}
