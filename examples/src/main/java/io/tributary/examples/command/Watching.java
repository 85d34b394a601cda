package io.tributary.examples.command;

import io.tributary.examples.data.OrderGenerator;
import io.tributary.examples.pipeline.CheckedReplay;
import io.tributary.examples.pipeline.EmbeddedPipeline;
import io.tributary.retail.EnrichedOrder;
import io.tributary.view.View;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Paces a replay and draws a view's merged answer beside it, a few times a second. */
final class Watching implements CheckedReplay.Listener, AutoCloseable {
    private static final long REDRAW_MILLIS = 200;

    private final EmbeddedPipeline pipeline;
    private final View<EnrichedOrder> view;
    private final Screen screen;
    private final ReplayPace pace;
    private final long total;
    private final ScheduledExecutorService drawing = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "watch");
        thread.setDaemon(true);
        return thread;
    });
    private @Nullable Future<?> drawn;
    private volatile long sent;
    private volatile Instant ingest = OrderGenerator.START;
    private int wrong;

    Watching(EmbeddedPipeline pipeline, View<EnrichedOrder> view, Screen screen, ReplayPace pace, long total) {
        this.pipeline = pipeline;
        this.view = view;
        this.screen = screen;
        this.pace = pace;
        this.total = total;
    }

    void start() {
        drawn = drawing.scheduleWithFixedDelay(this::draw, REDRAW_MILLIS, REDRAW_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Shows what the view answers now. */
    synchronized void draw() {
        String title = "%s — %s".formatted(ViewsCommand.lab(view), view.name());
        String progress = "%s · %,d of %,d orders".formatted(ingest, sent, total);
        boolean windowed = view.window().eventTime().isPresent();
        screen.show(Frame.of(title, pipeline.read(view), windowed, screen.rows(), progress));
    }

    @Override
    public void sent(EnrichedOrder order, long count) throws InterruptedException {
        requireDrawn();
        sent = count;
        ingest = order.eventTime();
        Duration ahead = pace.ahead(ingest, System.nanoTime());
        if (!ahead.isZero()) {
            pipeline.flush();
            TimeUnit.NANOSECONDS.sleep(ahead.toNanos());
        }
    }

    /** Nothing is drawn any more once that has failed: nobody would see how the replay goes on. */
    private void requireDrawn() throws InterruptedException {
        if (drawn == null || !drawn.isDone()) {
            return;
        }
        try {
            drawn.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(Failures.line(e), e);
        }
    }

    @Override
    public void checked(CheckedReplay.Check check) {
        wrong += check.wrong().size();
    }

    int wrong() {
        return wrong;
    }

    @Override
    public void close() {
        drawing.shutdownNow();
    }
}
