package io.tributary.serving.dynamo;

import static io.tributary.serving.dynamo.Attributes.longOf;
import static io.tributary.serving.dynamo.Attributes.required;

import io.tributary.view.SpeedStore.Commit;
import io.tributary.view.SpeedStore.State;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * What the control item of a view says: which writers there are, what they have prepared, what is committed,
 * which partitions there are, and before when they are forgotten.
 *
 * @param definition of the view
 * @param shards over how many keys each partition is spread
 * @param epoch the last one given to a writer
 * @param commits how many there were
 * @param forgotten the partitions before it are forgotten
 * @param partitions when each expires, by its start
 * @param generation of the writers; that of the first writer's epoch
 * @param prepared puts by checkpoint and epoch
 * @param layers of committed slices, the newest first
 */
record Control(
        String definition,
        int shards,
        long epoch,
        long commits,
        Instant forgotten,
        NavigableMap<Instant, Instant> partitions,
        Generation generation,
        NavigableMap<Long, Map<Long, Puts>> prepared,
        List<Layer> layers) {
    static final String DEFINITION = "definition";
    static final String SHARDS = "shards";
    static final String EPOCH = "epoch";
    static final String COMMITS = "commits";
    static final String FORGOTTEN = "forgotten";
    static final String PARTITIONS = "partitions";
    static final String LAYERS = "layers";
    private static final String PREPARED = "prepared-";

    static String prepared(long checkpoint) {
        return PREPARED + checkpoint;
    }

    static Control parse(Map<String, AttributeValue> item) {
        NavigableMap<Instant, Instant> partitions = new TreeMap<>();
        required(item, PARTITIONS)
                .m()
                .forEach(
                        (start, expires) -> partitions.put(Attributes.instant(start), Attributes.instant(expires.n())));
        NavigableMap<Long, Map<Long, Puts>> prepared = new TreeMap<>();
        item.forEach((name, value) -> {
            if (name.startsWith(PREPARED)) {
                prepared.put(Long.parseLong(name.substring(PREPARED.length())), Puts.parse(value));
            }
        });
        @Nullable AttributeValue forgotten = item.get(FORGOTTEN);
        return new Control(
                required(item, DEFINITION).s(),
                (int) longOf(item, SHARDS),
                longOf(item, EPOCH),
                longOf(item, COMMITS),
                forgotten == null ? Instant.MIN : Attributes.instant(forgotten.n()),
                partitions,
                Generation.parse(item),
                prepared,
                required(item, LAYERS).l().stream()
                        .map(layer -> Layer.parse(layer.m()))
                        .toList());
    }

    Optional<Commit> commit() {
        return layers.isEmpty() ? Optional.empty() : Optional.of(layers.get(0).commit());
    }

    /** Whether the writers of now have committed anything. */
    boolean hasBegun() {
        return !layers.isEmpty() && layers.get(0).generation() == generation.number();
    }

    boolean isCommitted(long checkpoint) {
        return hasBegun() && layers.get(0).commit().checkpoint() >= checkpoint;
    }

    boolean isPrepared(long checkpoint) {
        return preparedBy(checkpoint) == generation.count();
    }

    long preparedBy(long checkpoint) {
        Map<Long, Puts> puts = prepared.getOrDefault(checkpoint, Map.of());
        return generation.epochs().stream().filter(puts::containsKey).count();
    }

    /** The layers after the commit of a checkpoint: those that no partition is left of go. */
    List<Layer> layersWith(Commit commit) {
        Map<Long, Puts> shown = new TreeMap<>(prepared.getOrDefault(commit.checkpoint(), Map.of()));
        shown.keySet().retainAll(generation.epochs());
        List<Layer> kept = new ArrayList<>();
        kept.add(new Layer(generation.number(), generation.first(), commit, shown));
        Instant end = generation.first();
        for (Layer layer : layers) {
            Instant from = layer.first().isAfter(forgotten) ? layer.first() : forgotten;
            if (layer.generation() != generation.number()
                    && from.isBefore(end)
                    && !partitions.subMap(from, end).isEmpty()) {
                kept.add(layer);
                end = layer.first();
            }
        }
        return kept;
    }

    /** Whether puts are read that are not committed. */
    boolean isProvisional(State state) {
        return state == State.PROVISIONAL && (layers.isEmpty() || hasBegun());
    }

    /** The puts of a partition that are read, by epoch: how many. */
    Map<Long, Long> visible(Instant partition, State state) {
        Map<Long, Long> visible = new HashMap<>();
        if (isProvisional(state) && !partition.isBefore(generation.first())) {
            generation.epochs().forEach(of -> visible.put(of, ShownVersions.PROVISIONAL));
            return visible;
        }
        layers.stream()
                .filter(layer -> !partition.isBefore(layer.first()))
                .findFirst()
                .ifPresent(layer -> layer.shown().forEach((of, puts) -> visible.put(of, puts.count())));
        return visible;
    }

    /** The start of the newest partition that is read. */
    Optional<Instant> newest(State state) {
        @Nullable Instant newest = isProvisional(state) && !partitions.isEmpty() ? partitions.lastKey() : null;
        Instant end = Instant.MAX;
        for (Layer layer : layers) {
            for (Puts puts : layer.shown().values()) {
                @Nullable Instant last = puts.newest();
                if (last != null && !last.isBefore(end)) {
                    last = partitions.lowerKey(end); // it is hidden by the layer above
                }
                newest = newest == null || last != null && last.isAfter(newest) ? last : newest;
            }
            end = layer.first();
        }
        return Optional.ofNullable(newest);
    }

    /** What is no longer kept: what somebody forgot, and up to the last partition that has expired. */
    Instant forgottenBefore(Instant now) {
        Instant before = forgotten;
        for (Map.Entry<Instant, Instant> partition : partitions.entrySet()) {
            Instant start = partition.getKey();
            if (!partition.getValue().isAfter(now) && !start.isBefore(before)) {
                before = start.plusNanos(1);
            }
        }
        return before;
    }
}
