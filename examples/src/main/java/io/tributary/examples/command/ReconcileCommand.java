package io.tributary.examples.command;

import io.tributary.examples.option.HttpUrl;
import io.tributary.retail.EnrichedOrder;
import io.tributary.serving.AnswerFormat;
import io.tributary.view.BatchView;
import io.tributary.view.BatchViewSnapshot;
import io.tributary.view.Reconciliation;
import io.tributary.view.View;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "reconcile",
        description = {
            "Build views again from the lake, up to the cut of their snapshots, and compare: slice by slice.",
            "With --served, compare with what a server answers now, row by row: the lake up to its newest seal, and"
                    + " therefore while nothing arrives that is not sealed yet.",
            "Exits with 1 on any difference; the first of them are shown. Nothing is published."
        })
final class ReconcileCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private ViewNames names = new ViewNames();

    @Mixin
    private BatchTarget target = new BatchTarget();

    @Option(
            names = "--served",
            paramLabel = "URL",
            converter = HttpUrl.class,
            description =
                    "The server whose answers are compared, such as http://127.0.0.1:8080, in place of snapshots.")
    private @Nullable URI served;

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "A file with the bearer token that is sent to the server (default: none is sent).")
    private @Nullable Path tokenFile;

    /**
     * A view built again, beside what there is of it.
     *
     * @param holes how those of both differ; null when they are the same
     */
    private record Compared(
            Instant cut, Reconciliation found, @Nullable String holes) {
        boolean isSame() {
            return found.isSame() && holes == null;
        }
    }

    private interface Comparing {
        Compared with(View<EnrichedOrder> view) throws IOException, InterruptedException;
    }

    @Override
    public Integer call() throws Exception {
        requireSense();
        URI server = served;
        return server == null
                ? target.use(session -> compareAll(view -> withSnapshot(session, view)))
                : target.use(session -> {
                    ServedViews answers = new ServedViews(server, TokenFile.read(tokenFile));
                    Instant cut = session.cut(null);
                    return compareAll(view -> withAnswer(session, view, cut, answers));
                });
    }

    private void requireSense() {
        if (served == null) {
            Usage.refuse(spec, "without --served (snapshots are compared then; leave it out)", "--token-file");
        } else {
            Usage.refuse(spec, "with --served (no snapshot is read then; leave it out)", "--views");
        }
    }

    private int compareAll(Comparing comparing) throws IOException, InterruptedException {
        List<List<String>> rows = new ArrayList<>();
        boolean same = true;
        List<View<EnrichedOrder>> views = names.views();
        try (Progress progress = Progress.of("views", views.size())) {
            for (View<EnrichedOrder> view : views) {
                Compared compared = comparing.with(view);
                same &= compared.isSame();
                rows.add(row(view, compared));
                compared.found()
                        .examples()
                        .forEach(example -> System.err.println(TextTable.shown(view.name() + ": " + example)));
                if (compared.holes() != null) {
                    System.err.println(view.name() + ": " + compared.holes());
                }
                progress.to(rows.size());
            }
        }
        TextTable.of(List.of("view", "cut", "matching", "differing", "missing", "extra", "holes"), rows)
                .print(System.out);
        return same ? 0 : 1;
    }

    private static Compared withAnswer(BatchSession session, View<EnrichedOrder> view, Instant cut, ServedViews answers)
            throws IOException, InterruptedException {
        ServedViews.Served answer = answers.read(view, cut);
        BatchView built = session.views().build(view, cut);
        List<List<@Nullable String>> expected = view.rows(built.slices()).stream()
                .map(row -> AnswerFormat.texts(view.columns(), row.values()))
                .toList();
        return new Compared(
                cut,
                Reconciliation.ofRows(view, expected, answer.rows()),
                answer.complete() == built.holes().isEmpty()
                        ? null
                        : "served as %s (the lake has holes: %s)"
                                .formatted(answer.complete() ? "complete" : "incomplete", built.holes()));
    }

    private static Compared withSnapshot(BatchSession session, View<EnrichedOrder> view) throws IOException {
        BatchView stored = session.store()
                .newest(view)
                .map(BatchViewSnapshot::batch)
                .orElseThrow(() ->
                        new IOException("Cannot reconcile view %s: it has no snapshot (build one with 'batch refresh')"
                                .formatted(view.name())));
        BatchView built = session.views().build(view, stored.cut());
        return new Compared(
                stored.cut(),
                Reconciliation.of(view, built.slices(), stored.slices()),
                new HashSet<>(built.holes()).equals(new HashSet<>(stored.holes()))
                        ? null
                        : "missing %s (should be %s)".formatted(stored.holes(), built.holes()));
    }

    private static List<String> row(View<?> view, Compared compared) {
        Reconciliation found = compared.found();
        return List.of(
                view.name(),
                compared.cut().toString(),
                String.valueOf(found.matching()),
                String.valueOf(found.differing()),
                String.valueOf(found.missing()),
                String.valueOf(found.extra()),
                compared.holes() == null ? "same" : "differing");
    }
}
