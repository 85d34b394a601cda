package io.tributary.speed.kinesis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceOutput;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.metrics.groups.SourceReaderMetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.flink.util.UserCodeClassLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class KinesisReaderTest {
    private static final KinesisSplit ENDED = new KinesisSplit("a", StartPosition.trimHorizon(), null, true);

    /** Flink gives each split of a state an output, whose watermark holds back that of the reader. */
    @Test
    void releasesAShardThatHadEndedInTheStateOnceItsEndIsNoted() throws Exception {
        Coordinator coordinator = new Coordinator();
        Outputs outputs = new Outputs();
        try (KinesisReader<KinesisRecord> reader = KinesisReader.open(
                noted -> new ShardFetcher(
                        new FakeKinesis(),
                        "orders",
                        KinesisSourceOptions.defaults(),
                        null,
                        new FetchMetrics(coordinator.metricGroup()),
                        noted),
                new WholeRecord(),
                coordinator)) {
            reader.addSplits(List.of(ENDED));
            reader.start();
            assertThat(coordinator.heard).containsExactly(new ShardsHeld(Set.of()), new ShardsFinished(Set.of("a")));
            reader.pollNext(outputs);
            assertThat(reader.snapshotState(1)).containsExactly(ENDED);

            reader.handleSourceEvents(new FinishNoted(Set.of("a")));
            while (outputs.released.isEmpty()) {
                reader.pollNext(outputs);
                TimeUnit.MILLISECONDS.sleep(1);
            }
            assertThat(outputs.released).containsExactly("a");
            assertThat(reader.snapshotState(2)).isEmpty();
        }
    }

    private static final class Coordinator implements SourceReaderContext {
        final List<SourceEvent> heard = new ArrayList<>();
        private final SourceReaderMetricGroup metrics = UnregisteredMetricsGroup.createSourceReaderMetricGroup();

        @Override
        public void sendSourceEventToCoordinator(SourceEvent event) {
            heard.add(event);
        }

        @Override
        public SourceReaderMetricGroup metricGroup() {
            return metrics;
        }

        @Override
        public Configuration getConfiguration() {
            return new Configuration();
        }

        @Override
        public String getLocalHostName() {
            return "here";
        }

        @Override
        public int getIndexOfSubtask() {
            return 0;
        }

        @Override
        public void sendSplitRequest() {}

        @Override
        public UserCodeClassLoader getUserCodeClassLoader() {
            throw new UnsupportedOperationException();
        }
    }

    private static final class Outputs implements ReaderOutput<KinesisRecord> {
        final List<String> released = new ArrayList<>();

        @Override
        public SourceOutput<KinesisRecord> createOutputForSplit(String id) {
            return this;
        }

        @Override
        public void releaseOutputForSplit(String id) {
            released.add(id);
        }

        @Override
        public void collect(KinesisRecord record) {}

        @Override
        public void collect(KinesisRecord record, long timestamp) {}

        @Override
        public void emitWatermark(Watermark watermark) {}

        @Override
        public void markIdle() {}

        @Override
        public void markActive() {}
    }
}
