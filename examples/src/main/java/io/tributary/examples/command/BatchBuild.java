package io.tributary.examples.command;

import io.tributary.retail.EnrichedOrder;
import io.tributary.view.BatchView;
import io.tributary.view.BatchView.Hole;
import io.tributary.view.BatchViewSnapshot;
import io.tributary.view.BatchViewStore.Publication;
import io.tributary.view.View;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Builds the snapshots of some views and publishes them. */
final class BatchBuild {
    private final BatchSession session;
    private final Map<View<EnrichedOrder>, Publication> publications = new LinkedHashMap<>();

    private BatchBuild(BatchSession session) {
        this.session = session;
    }

    /** From the snapshots that are there; where there is none, from scratch. */
    static int refresh(BatchSession session, List<View<EnrichedOrder>> views, @Nullable Instant cut)
            throws IOException {
        BatchBuild build = new BatchBuild(session);
        Map<View<EnrichedOrder>, BatchViewSnapshot> previous = new LinkedHashMap<>();
        List<View<EnrichedOrder>> fresh = new ArrayList<>();
        for (View<EnrichedOrder> view : views) {
            Publication publication = session.store().begin(view);
            build.publications.put(view, publication);
            Optional<BatchViewSnapshot> snapshot = publication.previous();
            snapshot.ifPresentOrElse(found -> previous.put(view, found), () -> fresh.add(view));
        }
        return build.run(previous, fresh, session.cut(cut));
    }

    /**
     * From scratch.
     *
     * @param anew whether to replace whatever is there
     */
    static int rebuild(BatchSession session, List<View<EnrichedOrder>> views, @Nullable Instant cut, boolean anew)
            throws IOException {
        BatchBuild build = new BatchBuild(session);
        for (View<EnrichedOrder> view : views) {
            build.publications.put(
                    view,
                    anew ? session.store().beginAnew(view) : session.store().begin(view));
        }
        return build.run(Map.of(), views, session.cut(cut));
    }

    private int run(Map<View<EnrichedOrder>, BatchViewSnapshot> previous, List<View<EnrichedOrder>> fresh, Instant cut)
            throws IOException {
        Instant from = fresh.isEmpty()
                ? previous.values().stream()
                        .map(session.views()::refreshedFrom)
                        .min(Instant::compareTo)
                        .orElse(Instant.MIN)
                : Instant.MIN;
        session.registration().between(from, cut);
        Map<View<EnrichedOrder>, BatchViewSnapshot> built = new LinkedHashMap<>();
        if (!previous.isEmpty()) {
            add(built, List.copyOf(previous.keySet()), session.views().refreshAll(previous, cut));
        }
        if (!fresh.isEmpty()) {
            add(built, fresh, session.views().rebuildAll(fresh, cut));
        }
        return publish(built, previous.keySet());
    }

    private static void add(
            Map<View<EnrichedOrder>, BatchViewSnapshot> built,
            List<View<EnrichedOrder>> views,
            List<BatchViewSnapshot> snapshots) {
        for (int i = 0; i < views.size(); i++) {
            built.put(views.get(i), snapshots.get(i));
        }
    }

    private int publish(Map<View<EnrichedOrder>, BatchViewSnapshot> built, Set<View<EnrichedOrder>> refreshed)
            throws IOException {
        List<List<String>> rows = new ArrayList<>();
        Set<Hole> holes = new LinkedHashSet<>();
        for (Map.Entry<View<EnrichedOrder>, Publication> publication : publications.entrySet()) {
            View<EnrichedOrder> view = publication.getKey();
            BatchViewSnapshot snapshot = Objects.requireNonNull(built.get(view));
            long epoch = publication.getValue().publish(snapshot);
            BatchView batch = snapshot.batch();
            holes.addAll(batch.holes());
            rows.add(List.of(
                    view.name(),
                    refreshed.contains(view) ? "refreshed" : "built",
                    String.valueOf(epoch),
                    batch.cut().toString(),
                    String.valueOf(batch.slices().size()),
                    String.valueOf(view.rows(batch.slices()).size())));
        }
        TextTable.of(List.of("view", "how", "epoch", "cut", "slices", "rows"), rows)
                .print(System.out);
        System.err.printf(
                "%,d views published, %,d bytes scanned%n",
                rows.size(), session.scannedBytes().getAsLong());
        built.values().stream()
                .map(snapshot -> snapshot.batch().approximate())
                .filter(Objects::nonNull)
                .distinct()
                .forEach(reason -> System.err.println("approximate: " + reason));
        holes.forEach(hole -> System.err.println("missing " + hole));
        return holes.isEmpty() ? 0 : 1;
    }
}
