package io.tributary.speed.kinesis;

import java.time.Instant;
import java.time.InstantSource;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.jspecify.annotations.Nullable;

/**
 * A stream of Kinesis as a source of Flink: small, polling, each record once in state. The children of a
 * split or merge are read after all their parents; shards have watermarks of their own.
 *
 * <p>Limitations: no enhanced fan-out; records that the KPL has aggregated are given as they are, not taken
 * apart; one thread reads all shards of a subtask. With more subtasks than shards give the watermark
 * strategy an idleness. While a job catches up, a child that goes to another subtask than its parents
 * can find the watermark ahead. {@code SpeedLayer} takes any stream, so a job may as well use the
 * official connector's.
 *
 * <pre>{@code
 * KinesisSource.of("orders").from(StartPosition.latest()).with(KinesisSourceOptions.defaults().withRegion("ap-northeast-2"))
 * }</pre>
 *
 * @param <T> what the records are decoded to
 */
public final class KinesisSource<T> implements Source<T, KinesisSplit, ShardProgress>, ResultTypeQueryable<T> {
    private static final long serialVersionUID = 1L;

    private final String stream;
    private final StartPosition start;
    private final @Nullable Instant until;
    private final KinesisSourceOptions options;
    private final KinesisDecoder<T> decoder;
    private final KinesisClients clients;

    private KinesisSource(
            String stream,
            StartPosition start,
            @Nullable Instant until,
            KinesisSourceOptions options,
            KinesisDecoder<T> decoder,
            KinesisClients clients) {
        if (stream.isBlank()) {
            throw new IllegalArgumentException("Invalid stream: '%s' (give its name)".formatted(stream));
        }
        this.stream = stream;
        this.start = start;
        this.until = until;
        this.options = options;
        this.decoder = decoder;
        this.clients = clients;
    }

    /** All that the stream still has, and what comes. */
    public static KinesisSource<KinesisRecord> of(String stream) {
        return new KinesisSource<>(
                stream,
                StartPosition.trimHorizon(),
                null,
                KinesisSourceOptions.defaults(),
                new WholeRecord(),
                options -> KinesisClients.builder(options).build());
    }

    /** Latest is fixed now, by this machine's clock, so that no restart skips what came before its first record. */
    public KinesisSource<T> from(StartPosition newStart) {
        StartPosition fixed = newStart.fixedAt(InstantSource.system().instant());
        return new KinesisSource<>(stream, fixed, until, options, decoder, clients);
    }

    /**
     * Ends the source once it has given all that arrived before this instant, by the clock of the service. A state from then on goes on with the same
     * instant only.
     */
    public KinesisSource<T> until(Instant newUntil) {
        return new KinesisSource<>(stream, start, newUntil, options, decoder, clients);
    }

    public KinesisSource<T> with(KinesisSourceOptions newOptions) {
        return new KinesisSource<>(stream, start, until, newOptions, decoder, clients);
    }

    public <V> KinesisSource<V> decodedBy(KinesisDecoder<V> newDecoder) {
        return new KinesisSource<>(stream, start, until, options, newDecoder, clients);
    }

    String stream() {
        return stream;
    }

    KinesisSource<T> through(KinesisClients newClients) {
        return new KinesisSource<>(stream, start, until, options, decoder, newClients);
    }

    @Override
    public Boundedness getBoundedness() {
        return until == null ? Boundedness.CONTINUOUS_UNBOUNDED : Boundedness.BOUNDED;
    }

    @Override
    public TypeInformation<T> getProducedType() {
        return decoder.type();
    }

    @Override
    public SourceReader<T, KinesisSplit> createReader(SourceReaderContext context) {
        FetchMetrics metrics = new FetchMetrics(context.metricGroup());
        return KinesisReader.open(
                noted -> new ShardFetcher(clients.open(options), stream, options, until, metrics, noted),
                decoder,
                context);
    }

    @Override
    public SplitEnumerator<KinesisSplit, ShardProgress> createEnumerator(SplitEnumeratorContext<KinesisSplit> context) {
        return restoreEnumerator(context, ShardProgress.none(start));
    }

    @Override
    public SplitEnumerator<KinesisSplit, ShardProgress> restoreEnumerator(
            SplitEnumeratorContext<KinesisSplit> context, ShardProgress progress) {
        ShardProgress goingOn = progress.readUntil(until);
        return new KinesisEnumerator(context, clients.open(options), stream, options.discoveryInterval(), goingOn);
    }

    @Override
    public SimpleVersionedSerializer<KinesisSplit> getSplitSerializer() {
        return new KinesisSplitSerializer();
    }

    @Override
    public SimpleVersionedSerializer<ShardProgress> getEnumeratorCheckpointSerializer() {
        return new ShardProgressSerializer();
    }
}
