package io.tributary.batch;

import io.tributary.batch.lake.Lake;
import io.tributary.batch.lake.LakeContents;
import io.tributary.partition.Partition;
import io.tributary.view.BatchViewSnapshot;
import io.tributary.view.View;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What of a lake lies before a cut: what is sealed there, or what Firehose has delivered of it. */
sealed interface LakeSide<R> {

    Lake<R> lake();

    /** The latest cut for which all can be there. */
    Optional<Instant> newestCut() throws IOException;

    /** The partitions that are read when views move from one cut to another. */
    Set<Partition> partitions(Instant from, Instant cut) throws IOException;

    /** What is sealed before a cut. */
    LakeContents contents(Instant cut) throws IOException;

    /** Why views are not exact; null when they are. */
    @Nullable
    String approximate();

    List<BatchViewSnapshot> refresh(BatchViews<R> views, Map<View<R>, BatchViewSnapshot> previous, Instant cut)
            throws IOException;

    /** Partitions are sealed, so those before the cut have all of it. */
    record Sealed<R>(Lake<R> lake) implements LakeSide<R> {
        @Override
        public Optional<Instant> newestCut() throws IOException {
            return lake.newestCut();
        }

        @Override
        public Set<Partition> partitions(Instant from, Instant cut) throws IOException {
            Set<Partition> sealed = new TreeSet<>(lake.seals(cut).versions().keySet());
            sealed.removeIf(partition -> partition.start().isBefore(from));
            return sealed;
        }

        @Override
        public LakeContents contents(Instant cut) throws IOException {
            return lake.contents(cut);
        }

        @Override
        public @Nullable String approximate() {
            return null;
        }

        @Override
        public List<BatchViewSnapshot> refresh(
                BatchViews<R> views, Map<View<R>, BatchViewSnapshot> previous, Instant cut) throws IOException {
            return new Refresh<>(views, lake, cut).refresh(previous);
        }
    }

    /** Firehose seals nothing: records before the cut lie in partitions up to the lag after it. */
    record Delivered<R>(Lake<R> lake, FirehoseDelivery<R> delivery) implements LakeSide<R> {
        @Override
        public Optional<Instant> newestCut() {
            return Optional.of(delivery.newestCut(lake.layout()));
        }

        @Override
        public Set<Partition> partitions(Instant from, Instant cut) throws IOException {
            return delivery.filesFor(lake, cut).keySet();
        }

        @Override
        public LakeContents contents(Instant cut) {
            return new LakeContents(cut, List.of(), List.of());
        }

        @Override
        public String approximate() {
            return delivery.reason();
        }

        /** Nothing tells what has changed, so all is read again. */
        @Override
        public List<BatchViewSnapshot> refresh(
                BatchViews<R> views, Map<View<R>, BatchViewSnapshot> previous, Instant cut) throws IOException {
            previous.forEach((view, snapshot) -> snapshot.checkOf(view));
            return views.rebuildAll(previous.keySet(), cut);
        }
    }
}
