package io.tributary.speed.kinesis;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.connector.base.source.reader.SingleThreadMultiplexSourceReaderBase;
import org.apache.flink.connector.base.source.reader.splitreader.SplitReader;

/**
 * Emits the records of its shards. A finished shard stays in its state until the enumerator has noted the
 * end: a checkpoint that falls between the two would otherwise lose it, and the children would wait for ever.
 */
final class KinesisReader<T>
        extends SingleThreadMultiplexSourceReaderBase<KinesisRecord, T, KinesisSplit, EmittedSplit> {
    private final Map<String, KinesisSplit> unnoted = new LinkedHashMap<>();
    private final Set<String> restored = new TreeSet<>();
    private boolean started;

    KinesisReader(
            Supplier<SplitReader<KinesisRecord, KinesisSplit>> fetchers,
            KinesisDecoder<T> decoder,
            SourceReaderContext context) {
        super(fetchers, new KinesisEmitter<>(decoder), context.getConfiguration(), context);
    }

    @Override
    public void start() {
        super.start();
        started = true;
        context.sendSourceEventToCoordinator(new ShardsHeld(Set.copyOf(restored)));
        restored.clear();
        reportFinished();
    }

    @Override
    public void addSplits(List<KinesisSplit> splits) {
        List<KinesisSplit> open = new ArrayList<>();
        for (KinesisSplit split : splits) {
            if (split.finished()) {
                unnoted.put(split.shardId(), split);
            } else {
                open.add(split);
                if (!started) {
                    restored.add(split.shardId());
                }
            }
        }
        if (!open.isEmpty()) {
            super.addSplits(open);
        }
    }

    @Override
    protected void onSplitFinished(Map<String, EmittedSplit> finished) {
        finished.forEach((id, emitted) -> unnoted.put(id, emitted.split().asFinished()));
        reportFinished();
    }

    private void reportFinished() {
        if (!unnoted.isEmpty()) {
            context.sendSourceEventToCoordinator(new ShardsFinished(Set.copyOf(unnoted.keySet())));
        }
    }

    @Override
    public List<KinesisSplit> snapshotState(long checkpointId) {
        List<KinesisSplit> splits = new ArrayList<>(super.snapshotState(checkpointId));
        splits.addAll(unnoted.values());
        return splits;
    }

    @Override
    public void handleSourceEvents(SourceEvent event) {
        if (event instanceof FinishNoted noted) {
            unnoted.keySet().removeAll(noted.shardIds());
        } else {
            super.handleSourceEvents(event);
        }
    }

    @Override
    protected EmittedSplit initializedState(KinesisSplit split) {
        return new EmittedSplit(split);
    }

    @Override
    protected KinesisSplit toSplitType(String id, EmittedSplit emitted) {
        return emitted.split();
    }
}
