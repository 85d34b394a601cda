package io.tributary.speed.kinesis;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.connector.base.source.reader.SingleThreadMultiplexSourceReaderBase;
import org.apache.flink.core.io.InputStatus;

/**
 * Emits the records of its shards. A finished shard stays with the reader until the enumerator has noted the
 * end and has given away its children: its state, as a checkpoint between the two would otherwise lose the
 * end and the children would wait for ever; and its watermark, which holds back that of the reader.
 */
final class KinesisReader<T> extends SingleThreadMultiplexSourceReaderBase<Fetched, T, KinesisSplit, EmittedSplit> {
    private final KinesisEmitter<T> emitter;
    private final Set<String> noted;
    private final Set<String> restoredFinished = new TreeSet<>();
    private final Set<String> restored = new TreeSet<>();
    private boolean started;

    /**
     * @param fetchers made with the set to which the reader adds the finished shards that it is done with
     */
    static <T> KinesisReader<T> open(
            Function<Set<String>, ShardFetcher> fetchers, KinesisDecoder<T> decoder, SourceReaderContext context) {
        return new KinesisReader<>(fetchers, new KinesisEmitter<>(decoder), ConcurrentHashMap.newKeySet(), context);
    }

    private KinesisReader(
            Function<Set<String>, ShardFetcher> fetchers,
            KinesisEmitter<T> emitter,
            Set<String> noted,
            SourceReaderContext context) {
        super(() -> fetchers.apply(noted), emitter, context.getConfiguration(), context);
        this.emitter = emitter;
        this.noted = noted;
    }

    @Override
    public void start() {
        super.start();
        started = true;
        context.sendSourceEventToCoordinator(new ShardsHeld(Set.copyOf(restored)));
        report(restoredFinished);
        restored.clear();
        restoredFinished.clear();
    }

    @Override
    public void addSplits(List<KinesisSplit> splits) {
        if (!started) {
            splits.forEach(split -> (split.finished() ? restoredFinished : restored).add(split.shardId()));
        }
        super.addSplits(splits);
    }

    @Override
    public InputStatus pollNext(ReaderOutput<T> output) throws Exception {
        InputStatus status = super.pollNext(output);
        report(emitter.takeEnded());
        return status;
    }

    private void report(Set<String> finished) {
        if (!finished.isEmpty()) {
            context.sendSourceEventToCoordinator(new ShardsFinished(Set.copyOf(finished)));
        }
    }

    @Override
    public void handleSourceEvents(SourceEvent event) {
        if (event instanceof FinishNoted finish) {
            noted.addAll(finish.shardIds());
        } else {
            super.handleSourceEvents(event);
        }
    }

    @Override
    protected void onSplitFinished(Map<String, EmittedSplit> finished) {
        noted.removeAll(finished.keySet());
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
