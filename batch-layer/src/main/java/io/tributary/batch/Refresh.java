package io.tributary.batch;

import io.tributary.batch.lake.Lake;
import io.tributary.batch.lake.LakeContents;
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
import java.util.Objects;

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
        return snapshots(List.copyOf(wanted), views.buildAll(wanted, cut));
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
        List<Slices<R>> slices = new ArrayList<>();
        for (int i = 0; i < wanted.size(); i++) {
            slices.add(wanted.get(i).slices());
            // Without a partition that it is known to have, all is read again.
            if (missing.end().isAfter(Instant.MIN)) {
                slices.get(i).mergeAll(old.get(i).slices());
            }
        }
        List<Hole> holes = new ArrayList<>();
        for (Partition hole : missing.apart()) {
            if (seals.has(hole)) {
                read(wanted, lake.contents(hole.start(), hole.end()), slices, holes);
            } else {
                holes.add(missing.holeOf(hole));
            }
        }
        read(wanted, lake.contents(missing.end(), cut), slices, holes);
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
        String now =
                seals.digest(partition -> partition.start().isBefore(coverage.cut()) && !missing.contains(partition));
        if (!now.equals(coverage.seals())) {
            throw new IllegalStateException(
                    "Cannot refresh view %s: partitions before %s are no longer sealed as they were when it was built (rebuild it)"
                            .formatted(batch.view(), coverage.cut()));
        }
    }

    /** All views that are read together have the same holes. */
    private void read(List<View<R>> wanted, LakeContents contents, List<Slices<R>> slices, List<Hole> holes)
            throws IOException {
        List<BatchView> built = views.build(wanted, contents);
        for (int i = 0; i < built.size(); i++) {
            slices.get(i).mergeAll(built.get(i).slices());
        }
        holes.addAll(built.get(0).holes());
    }
}
