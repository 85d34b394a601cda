package io.tributary.speed;

import io.tributary.lake.LakeFile;
import io.tributary.lake.Manifest;
import io.tributary.partition.Partition;
import io.tributary.schema.Schema;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.api.java.tuple.Tuple3;
import org.apache.flink.core.io.SimpleVersionedSerialization;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.SimpleCounter;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.connector.sink2.CommittableMessage;
import org.apache.flink.streaming.api.connector.sink2.CommittableWithLineage;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.jspecify.annotations.Nullable;

/**
 * Writes the manifests of a lake, in one task: when all of a checkpoint is committed, those of the partitions
 * before the least mark in it, in the order of time. To do it again, after a failure, finds them there.
 *
 * <p>A directory that only a failed attempt has left behind is sealed as empty, if its time is one that this
 * job has covered; what came before is none of its business and stays as it is.
 */
final class Sealer extends AbstractStreamOperator<Void>
        implements OneInputStreamOperator<CommittableMessage<Delivery>, Void> {
    private static final long serialVersionUID = 1L;

    private final LakeSeals seals;
    private final Schema<?> schema;
    private final InstantSource clock;

    private transient SealProgress progress = new SealProgress(-1);
    private transient @Nullable ListState<Tuple2<Long, byte[]>> toldState;
    private transient @Nullable ListState<Tuple3<Instant, String, Long>> chainState;
    private transient Counter sealedPartitions = new SimpleCounter();
    /** Where the time begins that this job covers; null as long as there is none. */
    private transient @Nullable Instant begin;

    private transient @Nullable String previous;
    private transient long epoch;
    private transient Instant reached = Instant.MIN;

    Sealer(LakeSeals seals, Schema<?> schema, InstantSource clock) {
        this.seals = seals;
        this.schema = schema;
        this.clock = clock;
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        progress = new SealProgress(context.getRestoredCheckpointId().orElse(-1));
        reached = Instant.MIN;
        ListState<Tuple2<Long, byte[]>> told = context.getOperatorStateStore()
                .getListState(
                        new ListStateDescriptor<>("told", Types.TUPLE(Types.LONG, Types.PRIMITIVE_ARRAY(Types.BYTE))));
        for (Tuple2<Long, byte[]> item : told.get()) {
            Optional<Instant> unused = progress.tell(
                    item.f0, SimpleVersionedSerialization.readVersionAndDeSerialize(new DeliverySerializer(), item.f1));
        }
        toldState = told;
        Optional<Partition> newest = seals.newest();
        long newestEpoch = newest.isEmpty()
                ? 0
                : seals.read(newest.get())
                        .map(manifest -> manifest.writer().epoch())
                        .orElse(0L);
        begin = null;
        previous = newest.map(Partition::path).orElse(null);
        epoch = newestEpoch + 1;
        ListState<Tuple3<Instant, String, Long>> chain = context.getOperatorStateStore()
                .getListState(new ListStateDescriptor<>("chain", Types.TUPLE(Types.INSTANT, Types.STRING, Types.LONG)));
        for (Tuple3<Instant, String, Long> link : chain.get()) {
            begin = link.f0;
            previous = link.f1;
            epoch = Math.max(newestEpoch, link.f2) + 1;
        }
        chainState = chain;
    }

    @Override
    public void open() throws Exception {
        super.open();
        sealedPartitions = getMetricGroup().counter("sealedPartitions");
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        ListState<Tuple2<Long, byte[]>> told = toldState;
        ListState<Tuple3<Instant, String, Long>> chain = chainState;
        if (told == null || chain == null) {
            return;
        }
        List<Tuple2<Long, byte[]>> items = new ArrayList<>();
        for (SealProgress.Told item : progress.told()) {
            items.add(Tuple2.of(
                    item.checkpoint(),
                    SimpleVersionedSerialization.writeVersionAndSerialize(new DeliverySerializer(), item.delivery())));
        }
        told.update(items);
        chain.update(List.of(Tuple3.of(begin, previous, epoch)));
    }

    @Override
    public void processElement(StreamRecord<CommittableMessage<Delivery>> element) throws Exception {
        if (element.getValue() instanceof CommittableWithLineage<Delivery> committed) {
            Optional<Instant> floor = progress.tell(committed.getCheckpointId(), committed.getCommittable());
            if (floor.isPresent()) {
                sealBefore(floor.get());
            }
        }
    }

    private void sealBefore(Instant floor) throws IOException {
        if (!floor.isAfter(reached)) {
            return;
        }
        reached = floor;
        NavigableMap<Partition, List<LakeFile>> ready = new TreeMap<>();
        Instant first = floor;
        for (Map.Entry<String, List<LakeFile>> entry : progress.files().entrySet()) {
            Partition partition = seals.layout().parsePath(entry.getKey());
            first = partition.start().isBefore(first) ? partition.start() : first;
            if (partition.start().isBefore(floor)) {
                ready.put(partition, entry.getValue());
            }
        }
        if (begin == null && first.isBefore(Instant.MAX)) {
            begin = first;
        }
        for (Partition left : begin == null ? List.<Partition>of() : seals.unsealedFrom(begin)) {
            if (left.start().isBefore(floor)) {
                ready.putIfAbsent(left, List.of());
            }
        }
        for (Map.Entry<Partition, List<LakeFile>> entry : ready.entrySet()) {
            seal(entry.getKey(), entry.getValue());
        }
    }

    private void seal(Partition partition, List<LakeFile> parts) throws IOException {
        List<LakeFile> files = new ArrayList<>(parts);
        files.sort(Comparator.comparing(LakeFile::name));
        Optional<Manifest> there = seals.read(partition);
        if (there.isEmpty()) {
            String name = "flink-" + getRuntimeContext().getJobInfo().getJobId();
            seals.put(
                    partition,
                    Manifest.of(schema, partition, previous, files, new Manifest.Writer(name, epoch), clock.instant()));
            sealedPartitions.inc();
        } else if (!there.get().files().equals(files)) {
            throw new IllegalStateException(
                    "Cannot seal %s: its manifest of %s by %s names %d other files (let one job at a time write to the lake)"
                            .formatted(
                                    partition,
                                    there.get().sealedAt(),
                                    there.get().writer(),
                                    there.get().files().size()));
        }
        previous = partition.path();
        progress.sealed(partition.path());
    }
}
