package io.tributary.examples.command;

import io.tributary.retail.EnrichedOrder;
import io.tributary.serving.AnswerFormat;
import io.tributary.view.BatchView;
import io.tributary.view.BatchViewSnapshot;
import io.tributary.view.Reconciliation;
import io.tributary.view.View;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "reconcile",
        description = {
            "Build views again from the lake, up to the cut of their snapshots, and compare: slice by slice.",
            "With --served, compare with what a server answers now, row by row: the lake up to its newest seal, and"
                    + " therefore while nothing arrives that is not sealed yet.",
            "Exits with 1 on any difference; the first of them are shown. Nothing is published."
        })
final class ReconcileCommand implements Callable<Integer> {
    @Mixin
    private ViewNames names = new ViewNames();

    @Mixin
    private BatchTarget target = new BatchTarget();

    @Option(
            names = "--served",
            paramLabel = "URL",
            description =
                    "The server whose answers are compared, such as http://127.0.0.1:8080, in place of snapshots.")
    private @Nullable URI served;

    @Mixin
    private TokenFile token = new TokenFile();

    @Override
    public Integer call() throws Exception {
        URI server = served;
        return server == null
                ? target.use(this::reconcile)
                : target.use(session -> reconcile(session, new ServedViews(server, token.read())));
    }

    private int reconcile(BatchSession session, ServedViews server) throws IOException, InterruptedException {
        List<List<String>> rows = new ArrayList<>();
        boolean same = true;
        Instant cut = session.cut(null);
        List<View<EnrichedOrder>> views = names.views();
        try (Progress progress = Progress.of("views", views.size())) {
            for (View<EnrichedOrder> view : views) {
                ServedViews.Served answer = server.read(view, cut);
                BatchView built = session.views().build(view, cut);
                List<List<@Nullable String>> expected = view.rows(built.slices()).stream()
                        .map(row -> AnswerFormat.texts(view.columns(), row.values()))
                        .toList();
                Reconciliation found = Reconciliation.ofRows(view, expected, answer.rows());
                boolean sameHoles = answer.complete() == built.holes().isEmpty();
                same &= found.isSame() && sameHoles;
                rows.add(row(view, cut, found, sameHoles));
                found.examples().forEach(example -> System.err.println(view.name() + ": " + example));
                if (!sameHoles) {
                    System.err.printf(
                            "%s: served as %s (the lake has holes: %s)%n",
                            view.name(), answer.complete() ? "complete" : "incomplete", built.holes());
                }
                progress.to(rows.size());
            }
        }
        return printed(rows, same);
    }

    private static int printed(List<List<String>> rows, boolean same) {
        TextTable.of(List.of("view", "cut", "matching", "differing", "missing", "extra", "holes"), rows)
                .print(System.out);
        return same ? 0 : 1;
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
                rows.add(row(view, stored.cut(), found, sameHoles));
                found.examples().forEach(example -> System.err.println(view.name() + ": " + example));
                if (!sameHoles) {
                    System.err.printf("%s: missing %s (should be %s)%n", view.name(), stored.holes(), built.holes());
                }
                progress.to(rows.size());
            }
        }
        return printed(rows, same);
    }

    private static List<String> row(View<?> view, Instant cut, Reconciliation found, boolean sameHoles) {
        return List.of(
                view.name(),
                cut.toString(),
                String.valueOf(found.matching()),
                String.valueOf(found.differing()),
                String.valueOf(found.missing()),
                String.valueOf(found.extra()),
                sameHoles ? "same" : "differing");
    }
}
