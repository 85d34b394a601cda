package io.tributary.examples.command;

import io.tributary.retail.EnrichedOrder;
import io.tributary.view.BatchView;
import io.tributary.view.BatchViewSnapshot;
import io.tributary.view.Reconciliation;
import io.tributary.view.View;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "reconcile",
        description = {
            "Build views again from the lake, up to the cut of their snapshots, and compare: slice by slice.",
            "Exits with 1 on any difference; the first of them are shown. Nothing is published."
        })
final class ReconcileCommand implements Callable<Integer> {
    @Mixin
    private ViewNames names = new ViewNames();

    @Mixin
    private BatchTarget target = new BatchTarget();

    @Override
    public Integer call() throws Exception {
        return target.use(this::reconcile);
    }

    private int reconcile(BatchSession session) throws IOException {
        List<List<String>> rows = new ArrayList<>();
        boolean same = true;
        List<View<EnrichedOrder>> views = names.views();
        try (Progress progress = Progress.of("views", views.size())) {
            for (View<EnrichedOrder> view : views) {
                BatchView stored = session.store()
                        .newest(view)
                        .map(BatchViewSnapshot::batch)
                        .orElseThrow(() -> new IOException(
                                "Cannot reconcile view %s: it has no snapshot (build one with 'batch refresh')"
                                        .formatted(view.name())));
                BatchView built = session.views().build(view, stored.cut());
                Reconciliation found = Reconciliation.of(view, built.slices(), stored.slices());
                boolean sameHoles = new HashSet<>(built.holes()).equals(new HashSet<>(stored.holes()));
                same &= found.isSame() && sameHoles;
                rows.add(row(view, stored, found, sameHoles));
                found.examples().forEach(example -> System.err.println(view.name() + ": " + example));
                if (!sameHoles) {
                    System.err.printf("%s: missing %s (should be %s)%n", view.name(), stored.holes(), built.holes());
                }
                progress.to(rows.size());
            }
        }
        TextTable.of(List.of("view", "cut", "matching", "differing", "missing", "extra", "holes"), rows)
                .print(System.out);
        return same ? 0 : 1;
    }

    private static List<String> row(View<?> view, BatchView stored, Reconciliation found, boolean sameHoles) {
        return List.of(
                view.name(),
                stored.cut().toString(),
                String.valueOf(found.matching()),
                String.valueOf(found.differing()),
                String.valueOf(found.missing()),
                String.valueOf(found.extra()),
                sameHoles ? "same" : "differing");
    }
}
