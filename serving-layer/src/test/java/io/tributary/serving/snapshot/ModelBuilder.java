package io.tributary.serving.snapshot;

import static io.tributary.serving.snapshot.Numbered.VIEW;

import io.tributary.view.BatchViewSnapshot;
import io.tributary.view.BatchViewStore.Publication;
import io.tributary.view.Retention;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The batch layer: begins, builds up to the newest sealed partition, publishes, and lets the speed store forget. */
final class ModelBuilder {
    private enum Next {
        BEGIN,
        BUILD,
        PUBLISH,
        ASK_LEAST_CUT,
        FORGET
    }

    private final HandOver handOver;
    private final int mostRounds;
    private Next next = Next.BEGIN;
    private @Nullable Publication publication;
    private @Nullable BatchViewSnapshot built;
    private String began = "";
    private Instant least = Instant.MIN;
    private boolean moving;
    private int rounds;

    ModelBuilder(HandOver handOver, int mostRounds) {
        this.handOver = handOver;
        this.mostRounds = mostRounds;
    }

    boolean canMove() {
        return !moving
                && (next != Next.BEGIN || rounds < mostRounds && handOver.lake().sealed() > 0);
    }

    void move() {
        moving = true;
        try {
            switch (next) {
                case BEGIN -> {
                    publication = handOver.snapshots().begin(VIEW);
                    began = String.valueOf(handOver.snapshots().leastCut(VIEW));
                    next = Next.BUILD;
                }
                case BUILD -> build();
                case PUBLISH -> publish();
                case ASK_LEAST_CUT -> {
                    least = handOver.snapshots().leastCut(VIEW);
                    next = Next.FORGET;
                }
                case FORGET -> {
                    handOver.forget(Retention.forgettableBefore(List.of(least)));
                    end();
                }
            }
        } catch (HandOver.Gone e) {
            end();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        moving = false;
    }

    private void build() {
        boolean byClock = handOver.has(Mutation.LATE_ROWS_BEHIND_BOUNDARY);
        built = handOver.lake()
                .build(byClock ? handOver.clock() : handOver.lake().sealed());
        if (handOver.has(Mutation.RETENTION_BEFORE_PUBLICATION)) {
            handOver.forget(built.batch().cut());
        }
        next = Next.PUBLISH;
    }

    private void publish() throws IOException {
        Publication begun = publication;
        BatchViewSnapshot snapshot = built;
        if (begun == null || snapshot == null) {
            throw new IllegalStateException("Cannot publish: nothing is built");
        }
        try {
            begun.publish(snapshot);
            next = Next.ASK_LEAST_CUT;
        } catch (IllegalStateException e) {
            // Another builder was faster, or its cut is later.
            end();
        }
    }

    private void end() {
        next = Next.BEGIN;
        publication = null;
        built = null;
        began = "";
        least = Instant.MIN;
        rounds++;
    }

    @Override
    public String toString() {
        return next
                + (moving ? "!" : "")
                + rounds
                + began
                + least
                + (built == null
                        ? ""
                        : built.batch().cut() + " " + built.batch().slices());
    }
}
