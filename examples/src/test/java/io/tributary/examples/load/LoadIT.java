package io.tributary.examples.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.examples.data.Catalogue;
import io.tributary.examples.data.OrderGenerator;
import io.tributary.examples.pipeline.CheckedReplay;
import io.tributary.examples.pipeline.DashboardViews;
import io.tributary.examples.pipeline.EmbeddedPipeline;
import io.tributary.retail.EnrichedOrder;
import io.tributary.serving.http.HttpOptions;
import io.tributary.serving.http.LiveRecords;
import io.tributary.serving.http.ViewServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two hundred live streams and many requests over loopback, beside a pipeline that replays orders. Nothing may
 * fail; how long answers took and what memory it cost is printed. A hundred requests a second for three seconds
 * after one that warms up, unless told otherwise by {@code -Dtributary.load.requests}, {@code -Dtributary.load.seconds}
 * and {@code -Dtributary.load.warmup}; five hundred for a minute, after 20 seconds, in the profile {@code soak}.
 */
@Timeout(300)
class LoadIT {
    private static final int SECONDS = Integer.getInteger("tributary.load.seconds", 3);
    private static final int WARM_UP_SECONDS = Integer.getInteger("tributary.load.warmup", 1);
    private static final int STREAMS = 200;
    private static final int REQUESTS_A_SECOND = Integer.getInteger("tributary.load.requests", 100);
    /** The orders before are there at once, so that answers are of some size. */
    private static final int WARM_UP = 30_000;

    private static final Duration SENT_EACH = Duration.ofMillis(20);
    private static final Catalogue CATALOGUE = Catalogue.of(7);

    @TempDir
    private Path lake;

    private final LiveRecords<EnrichedOrder> records = LiveRecords.of(EnrichedOrder.SCHEMA);
    private final CountDownLatch warm = new CountDownLatch(1);

    @Test
    void everyRequestIsAnsweredBesideThePipeline() throws Exception {
        HttpOptions options = HttpOptions.defaults()
                .withPort(0)
                .withMaxStreams(STREAMS)
                .withRefreshInterval(Duration.ofMillis(250))
                .withPage("/dashboard");
        ExecutorService replaying = Executors.newSingleThreadExecutor();
        try (EmbeddedPipeline pipeline = EmbeddedPipeline.start(lake, DashboardViews.all());
                ViewServer server = ViewServer.start(pipeline.views(), records, options)) {
            Future<?> replay = replaying.submit(() -> replay(pipeline));
            warm.await();
            long before = usedHeap();
            String report = load(server);
            long after = usedHeap();
            System.out.printf("load: %s heap before %d MB, after %d MB%n", report.strip(), before >> 20, after >> 20);
            assertThat(report)
                    .startsWith("requests %d failed 0 streams %d ".formatted(REQUESTS_A_SECOND * SECONDS, STREAMS));
            assertThat(replay.isDone()).as("the pipeline ended before the load").isFalse();
            replay.cancel(true);
            replaying.shutdown();
            assertThat(replaying.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
        } finally {
            replaying.shutdownNow();
        }
    }

    private static String load(ViewServer server) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Load.class.getName(),
                        server.uri().toString(),
                        "" + STREAMS,
                        "" + REQUESTS_A_SECOND,
                        "" + WARM_UP_SECONDS,
                        "" + SECONDS)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            String report = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).as(report).isZero();
            return report;
        } finally {
            process.destroyForcibly();
        }
    }

    /** What is still referenced. */
    private static long usedHeap() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    private void replay(EmbeddedPipeline pipeline) {
        CheckedReplay.Listener listener = new CheckedReplay.Listener() {
            @Override
            public void sent(EnrichedOrder order, long count) throws InterruptedException {
                records.accept(order);
                if (count == WARM_UP) {
                    warm.countDown();
                }
                if (count > WARM_UP) {
                    TimeUnit.NANOSECONDS.sleep(SENT_EACH.toNanos());
                }
            }

            @Override
            public void checked(CheckedReplay.Check check) {}
        };
        try {
            new CheckedReplay(pipeline, List.of(), listener, CheckedReplay.PATIENCE)
                    .run(OrderGenerator.of(CATALOGUE, 7, 94_498));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        } finally {
            warm.countDown();
        }
    }
}
