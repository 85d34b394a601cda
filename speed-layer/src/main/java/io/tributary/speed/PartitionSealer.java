package io.tributary.speed;

import io.tributary.lake.LakeFile;
import io.tributary.lake.Manifest;
import io.tributary.partition.Partition;
import io.tributary.schema.Schema;
import java.io.IOException;
import java.io.Serializable;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the manifests of partitions that can get no record any more, in the order of time. To do it again,
 * after a failure, finds them there.
 *
 * <p>A directory that a failed attempt has left behind is sealed as empty, if nothing visible is in it or its
 * time is one that this job has covered. What another job left unsealed stays so, for people to seal: this job knows
 * neither whether its files are all, nor what else of it was lost.
 */
record PartitionSealer(LakeSeals seals, Schema<?> schema, InstantSource clock) implements Serializable {
    private static final Logger LOG = LoggerFactory.getLogger(PartitionSealer.class);

    /**
     * Where a job is with its seals.
     *
     * @param begin where the time begins that the job covers; {@link Instant#MAX} as long as there is none
     * @param others where the partitions end in which another job has left files; {@link Instant#MIN} for none
     * @param previous the path of the newest partition sealed so far; empty for none
     * @param epoch of this start of the job
     * @param sealed how many partitions this start has sealed
     */
    record Chain(Instant begin, Instant others, String previous, long epoch, long sealed) {
        Chain withNext(Partition partition) {
            return new Chain(begin, others, partition.path(), epoch, sealed + 1);
        }

        Chain from(Instant newBegin) {
            return new Chain(newBegin, others, previous, epoch, sealed);
        }
    }

    /** The chain of a job that starts, behind what is sealed in the lake. */
    Chain begin() throws IOException {
        Optional<Partition> newest = seals.newest();
        Instant others = Instant.MIN;
        for (Partition left : seals.unsealedFrom(newest.map(Partition::end).orElse(Instant.MIN))) {
            if (seals.hasVisibleFiles(left)) {
                others = left.end();
                break;
            }
        }
        return new Chain(Instant.MAX, others, newest.map(Partition::path).orElse(""), epochOf(newest) + 1, 0);
    }

    /** The chain of a job that goes on from a checkpoint. */
    Chain resume(Chain restored) throws IOException {
        long epoch = Math.max(restored.epoch(), epochOf(seals.newest())) + 1;
        return new Chain(restored.begin(), restored.others(), restored.previous(), epoch, 0);
    }

    private long epochOf(Optional<Partition> partition) throws IOException {
        Optional<Manifest> manifest = partition.isEmpty() ? Optional.empty() : seals.read(partition.get());
        return manifest.map(found -> found.writer().epoch()).orElse(0L);
    }

    /**
     * Seals all partitions before an instant.
     *
     * @param parts the committed files of partitions that are not sealed; those that are sealed now are removed
     */
    Chain sealBefore(Instant floor, List<Delivery.Part> parts, Chain chain, String writer) throws IOException {
        NavigableMap<Partition, List<LakeFile>> ready = new TreeMap<>();
        Instant begin = chain.begin().equals(Instant.MAX) ? floor : chain.begin();
        for (Delivery.Part part : parts) {
            Partition partition = seals.layout().parsePath(part.directory());
            begin = partition.start().isBefore(begin) ? partition.start() : begin;
            if (partition.start().isBefore(floor)) {
                ready.computeIfAbsent(partition, empty -> new ArrayList<>()).add(part.file());
            }
        }
        Instant sealedUntil = chain.previous().isEmpty()
                ? Instant.MIN
                : seals.layout().parsePath(chain.previous()).end();
        for (Partition left : seals.unsealedFrom(sealedUntil)) {
            boolean isOwn = !left.start().isBefore(begin) && !left.start().isBefore(chain.others());
            if (left.start().isBefore(floor) && (isOwn || !seals.hasVisibleFiles(left))) {
                ready.putIfAbsent(left, new ArrayList<>());
            }
        }
        Chain sealed = chain.from(begin);
        for (Partition partition : ready.keySet()) {
            List<LakeFile> files = new ArrayList<>(ready.get(partition));
            if (partition.start().isBefore(chain.others()) && seals.hasVisibleFiles(partition)) {
                leave(partition, files);
                continue;
            }
            files.sort(Comparator.comparing(LakeFile::name));
            seal(partition, files, sealed, writer);
            sealed = sealed.withNext(partition);
        }
        parts.removeIf(part -> ready.containsKey(seals.layout().parsePath(part.directory())));
        return sealed;
    }

    /** Leaves a partition to people. They may have sealed it already, but not without files of this job. */
    private void leave(Partition partition, List<LakeFile> files) throws IOException {
        Optional<Manifest> there = seals.read(partition);
        if (there.isEmpty()) {
            LOG.warn(
                    "leaves {} unsealed: another job left files there (see that they are all, then seal it by hand)",
                    partition);
        } else if (!there.get().files().containsAll(files)) {
            throw new IllegalStateException(
                    "Cannot leave %s: it was sealed at %s, before this job had delivered all of its files (withdraw the manifest, and seal it anew)"
                            .formatted(partition, there.get().sealedAt()));
        }
    }

    /** Whether a partition is sealed with this very file among others. */
    boolean isSealedWith(Delivery.Part part) throws IOException {
        return seals.read(seals.layout().parsePath(part.directory()))
                .filter(manifest -> manifest.files().contains(part.file()))
                .isPresent();
    }

    private void seal(Partition partition, List<LakeFile> files, Chain chain, String writer) throws IOException {
        Optional<Manifest> there = seals.read(partition);
        if (there.isEmpty()) {
            String previous = chain.previous().isEmpty() ? null : chain.previous();
            Manifest.Writer sealer = new Manifest.Writer(writer, chain.epoch());
            seals.put(partition, Manifest.of(schema, partition, previous, files, sealer, clock.instant()));
        } else if (!there.get().files().equals(files)) {
            throw new IllegalStateException(
                    "Cannot seal %s: its manifest of %s by %s names %d other files (let one job at a time write to the lake)"
                            .formatted(
                                    partition,
                                    there.get().sealedAt(),
                                    there.get().writer(),
                                    there.get().files().size()));
        }
    }
}
