package io.tributary.batch;

import io.tributary.batch.lake.Lake;
import io.tributary.batch.lake.LakeContents;
import io.tributary.batch.lake.SealedPartition;
import io.tributary.batch.lake.Seals;
import io.tributary.partition.Partition;
import io.tributary.view.BatchView;
import io.tributary.view.BatchView.Hole;
import io.tributary.view.BatchViewSnapshot;
import io.tributary.view.Slices;
import io.tributary.view.View;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.TreeSet;

/**
 * Snapshots for a cut. The manifests are listed before anything is read: what is sealed anew meanwhile
 * makes the next refresh fail, never this one wrong.
 */
final class Refresh<R> {
    private final BatchViews<R> views;
    private final Lake<R> lake;
    private final Instant cut;
    private final Seals seals;

    /** What a snapshot was built from. */
    private record Coverage(Instant cut, List<Hole> holes, String seals) {}

    Refresh(BatchViews<R> views, Lake<R> lake, Instant cut) throws IOException {
        this.views = views;
        this.lake = lake;
        this.cut = cut;
        this.seals = lake.seals(cut);
    }

    List<BatchViewSnapshot> rebuild(Collection<View<R>> wanted) throws IOException {
        return snapshots(List.copyOf(wanted), views.build(wanted, sealedThen(views.contents(cut))));
    }

    private List<BatchViewSnapshot> snapshots(List<View<R>> wanted, List<BatchView> built) {
        List<BatchViewSnapshot> snapshots = new ArrayList<>();
        for (int i = 0; i < built.size(); i++) {
            BatchView batch = built.get(i);
            HoleSpans missing = HoleSpans.of(lake.layout(), batch);
            snapshots.add(new BatchViewSnapshot(
                    batch, wanted.get(i).definitionDigest(), seals.digest(partition -> !missing.contains(partition))));
        }
        return snapshots;
    }

    List<BatchViewSnapshot> refresh(Map<View<R>, BatchViewSnapshot> previous) throws IOException {
        Map<Coverage, List<View<R>>> together = new LinkedHashMap<>();
        previous.forEach((view, snapshot) -> {
            snapshot.checkOf(view);
            BatchView batch = snapshot.batch();
            together.computeIfAbsent(
                            new Coverage(batch.cut(), batch.holes(), snapshot.seals()), coverage -> new ArrayList<>())
                    .add(view);
        });
        Map<View<R>, BatchViewSnapshot> refreshed = new HashMap<>();
        for (Map.Entry<Coverage, List<View<R>>> group : together.entrySet()) {
            List<View<R>> wanted = group.getValue();
            List<BatchView> old = wanted.stream()
                    .map(view -> Objects.requireNonNull(previous.get(view)).batch())
                    .toList();
            List<BatchViewSnapshot> built = snapshots(wanted, extend(wanted, old, group.getKey()));
            for (int i = 0; i < built.size(); i++) {
                refreshed.put(wanted.get(i), built.get(i));
            }
        }
        return previous.keySet().stream()
                .map(view -> Objects.requireNonNull(refreshed.get(view)))
                .toList();
    }

    private List<BatchView> extend(List<View<R>> wanted, List<BatchView> old, Coverage coverage) throws IOException {
        BatchView any = old.get(0);
        HoleSpans missing = HoleSpans.of(lake.layout(), any);
        check(coverage, missing, any);
        // Without a partition that it is known to have, all is read again.
        Instant end = seals.versions().descendingKeySet().stream()
                .filter(partition -> isCovered(partition, coverage, missing))
                .findFirst()
                .map(Partition::end)
                .orElse(Instant.MIN);
        List<Slices<R>> slices = new ArrayList<>();
        for (int i = 0; i < wanted.size(); i++) {
            slices.add(wanted.get(i).slices());
            if (end.isAfter(Instant.MIN)) {
                slices.get(i).mergeAll(old.get(i).slices());
            }
        }
        List<Hole> holes = new ArrayList<>();
        NavigableSet<Partition> doubtful = new TreeSet<>(seals.unsealed());
        doubtful.addAll(missing.apart());
        for (Partition hole : doubtful) {
            if (!hole.start().isBefore(end)) {
                break;
            }
            if (seals.has(hole)) {
                read(wanted, lake.contents(hole.start(), hole.end()), slices, holes);
            } else if (seals.unsealed().contains(hole)) {
                holes.add(Seals.unsealed(hole));
            } else {
                holes.addAll(toldOf(hole));
            }
        }
        read(wanted, lake.contents(end, cut), slices, holes);
        List<BatchView> extended = new ArrayList<>();
        for (int i = 0; i < wanted.size(); i++) {
            extended.add(new BatchView(wanted.get(i).name(), cut, slices.get(i).toList(), holes));
        }
        return extended;
    }

    private void check(Coverage coverage, HoleSpans missing, BatchView batch) {
        if (cut.isBefore(coverage.cut())) {
            throw new IllegalArgumentException("Invalid cut: %s (the view %s is there up to %s; take a later cut)"
                    .formatted(cut, batch.view(), coverage.cut()));
        }
        if (batch.approximate() != null) {
            throw new IllegalStateException(
                    "Cannot refresh view %s: its snapshot up to %s is approximate, %s (rebuild it)"
                            .formatted(batch.view(), coverage.cut(), batch.approximate()));
        }
        String now = seals.digest(partition -> isCovered(partition, coverage, missing));
        if (!now.equals(coverage.seals())) {
            throw new IllegalStateException(
                    "Cannot refresh view %s: partitions before %s are no longer sealed as they were when it was built (rebuild it)"
                            .formatted(batch.view(), coverage.cut()));
        }
    }

    private static boolean isCovered(Partition partition, Coverage coverage, HoleSpans missing) {
        return partition.start().isBefore(coverage.cut()) && !missing.contains(partition);
    }

    /** What the next sealed partition tells of one without a directory: it may name it as its predecessor. */
    private List<Hole> toldOf(Partition gone) throws IOException {
        Partition next = Objects.requireNonNull(seals.versions().higherKey(gone));
        return lake.contents(gone.start(), next.end()).holes().stream()
                .filter(hole -> hole.partition().equals(gone.path()))
                .toList();
    }

    /** Without the partitions of which the seals do not know, as they were listed before: the next refresh reads them. */
    private LakeContents sealedThen(LakeContents contents) {
        List<SealedPartition> known = new ArrayList<>();
        List<Hole> holes = new ArrayList<>(contents.holes());
        for (SealedPartition sealed : contents.partitions()) {
            if (seals.has(sealed.partition())) {
                known.add(sealed);
            } else {
                holes.add(new Hole(sealed.partition().path(), "it was sealed while this was built"));
            }
        }
        return new LakeContents(contents.cut(), known, holes);
    }

    /** All views that are read together have the same holes. */
    private void read(List<View<R>> wanted, LakeContents contents, List<Slices<R>> slices, List<Hole> holes)
            throws IOException {
        List<BatchView> built = views.build(wanted, sealedThen(contents));
        for (int i = 0; i < built.size(); i++) {
            slices.get(i).mergeAll(built.get(i).slices());
        }
        holes.addAll(built.get(0).holes());
    }
}
