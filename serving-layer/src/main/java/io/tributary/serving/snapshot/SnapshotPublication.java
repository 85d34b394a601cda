package io.tributary.serving.snapshot;

import io.tributary.view.BatchViewSnapshot;
import io.tributary.view.BatchViewStore.Publication;
import io.tributary.view.BatchViewStore.StaleBuilderException;
import io.tributary.view.Digest;
import io.tributary.view.View;
import java.io.IOException;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts the snapshot first and then the head that names it, which is the one step that counts. */
final class SnapshotPublication implements Publication {
    private static final Logger LOG = LoggerFactory.getLogger(SnapshotPublication.class);

    private final SnapshotStore store;
    private final View<?> view;
    private final FoundHead found;
    private final String writer = UUID.randomUUID().toString();

    SnapshotPublication(SnapshotStore store, View<?> view, FoundHead found) {
        this.store = store;
        this.view = view;
        this.found = found;
    }

    @Override
    public Optional<BatchViewSnapshot> previous() throws IOException {
        return store.previous(view, found.head());
    }

    @Override
    public long publish(BatchViewSnapshot snapshot) throws IOException {
        snapshot.checkOf(view);
        Head old = found.head();
        if (old != null && snapshot.batch().cut().isBefore(old.cut())) {
            throw new IllegalStateException(
                    "Cannot publish the snapshot of view %s up to %s: one up to %s is published (build it for a later cut)"
                            .formatted(view.name(), snapshot.batch().cut(), old.cut()));
        }
        String text = SnapshotText.format(view, snapshot);
        Head head = store.next(found, snapshot, writer, Digest.of(text));
        store.objects().put(view.name() + "/" + head.file(), text);
        boolean replaced = store.objects().replace(FoundHead.key(view), head.toJson(), found.version());
        if (!replaced) {
            checkOwn(head);
        }
        try {
            store.clean(head);
        } catch (IOException e) {
            // It is published; the next one cleans up.
            LOG.warn("Cannot clean up the old snapshots of view {}", view.name(), e);
        }
        return head.epoch();
    }

    /** A request that was sent twice, as its answer was lost, finds its own head. */
    private void checkOwn(Head head) throws IOException {
        Head now = FoundHead.readLeniently(store.objects(), view).head();
        if (now == null || !now.writer().equals(writer) || !now.digest().equals(head.digest())) {
            throw new StaleBuilderException(view.name(), head.epoch() - 1, now == null ? 0 : now.epoch());
        }
    }
}
