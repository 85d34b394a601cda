package io.tributary.serving.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.retail.RandomOrders;
import io.tributary.view.View;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What callers and pages are told of a store that fails or is slow. */
@Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TroubledStoreTest {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final String DAILY = "/api/views/daily-sales";
    private static final HttpOptions OPTIONS =
            HttpOptions.defaults().withPort(0).withRefreshInterval(Duration.ofMillis(20));

    private @Nullable ViewServer server;

    @AfterEach
    void stop() {
        if (server != null) {
            server.close();
        }
    }

    private static StoreOnTheAir store(BiConsumer<View<?>, Integer> trouble) {
        StoreOnTheAir store = new StoreOnTheAir(speed -> new TroubledStore(speed, trouble));
        store.send(new RandomOrders(3, 6).list(100));
        return store;
    }

    private ViewServer serve(StoreOnTheAir store, HttpOptions options) {
        ViewServer started = ViewServer.start(store.views(), options);
        server = started;
        return started;
    }

    private static CompletableFuture<HttpResponse<String>> ask(ViewServer server, String path) {
        return HTTP.sendAsync(
                HttpRequest.newBuilder(server.uri().resolve(path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static void pause(Duration pause) {
        try {
            TimeUnit.NANOSECONDS.sleep(pause.toNanos());
        } catch (InterruptedException e) {
            throw new IllegalStateException("Cannot read: interrupted", e);
        }
    }

    @Test
    void keepsFailuresInside() throws Exception {
        ViewServer up = serve(
                store((view, read) -> {
                    throw new IllegalStateException("the table is at secret.internal:8000");
                }),
                OPTIONS);

        HttpResponse<String> response = ask(up, DAILY).get();

        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(response.body())
                .contains("the server's log tells why")
                .doesNotContain("secret", "Exception", "at io.");
        assertThat(ask(up, "/metrics").get().body())
                .contains("tributary_serving_failed_reads_total{view=\"daily-sales\"} 1.0\n");
        try (LivePage live = LivePage.open(up.uri(), DAILY + "/live")) {
            LivePage.Event event = live.next();
            assertThat(event.name()).isEqualTo("problem");
            assertThat(event.data().get("detail").asText()).contains("Cannot read view daily-sales for now");
        }
    }

    @Test
    void thoseWhoAskTheSameShareAFailure() throws Exception {
        AtomicInteger reads = new AtomicInteger();
        StoreOnTheAir store = store((view, read) -> {
            reads.set(read);
            pause(Duration.ofMillis(200));
            throw new IllegalStateException("Cannot read the table: it is throttled");
        });
        ViewServer up = serve(store, OPTIONS.withRefreshInterval(Duration.ofMinutes(1)));

        List<CompletableFuture<HttpResponse<String>>> crowd =
                Stream.generate(() -> ask(up, DAILY)).limit(50).toList();

        String told = crowd.get(0).get().body();
        for (CompletableFuture<HttpResponse<String>> caller : crowd) {
            assertThat(caller.get().statusCode()).isEqualTo(500);
            assertThat(caller.get().body()).isEqualTo(told);
        }
        assertThat(reads).hasValue(1);
    }

    @Test
    void aFailureIsOverAfterARefresh() throws Exception {
        ViewServer up = serve(
                store((view, read) -> {
                    if (read == 1) {
                        throw new IllegalStateException("Cannot read the table: it is throttled");
                    }
                }),
                OPTIONS);
        assertThat(ask(up, DAILY).get().statusCode()).isEqualTo(500);

        pause(OPTIONS.refreshInterval());

        assertThat(ask(up, DAILY).get().statusCode()).isEqualTo(200);
    }

    @Test
    void aViewThatIsSlowToReadHoldsUpNoOther() throws Exception {
        CountDownLatch blocked = new CountDownLatch(1);
        StoreOnTheAir store = store((view, read) -> {
            if (view.name().equals("daily-sales")) {
                blocked.countDown();
                pause(Duration.ofMinutes(1));
            }
        });
        ViewServer up = serve(store, OPTIONS);
        try (LivePage slow = LivePage.open(up.uri(), DAILY + "/live");
                LivePage quick = LivePage.open(up.uri(), "/api/views/hourly-sales/live")) {
            blocked.await();
            assertThat(quick.next().name()).isEqualTo("set");
            store.send(new RandomOrders(4, 6).list(10));
            assertThat(quick.next().name()).isEqualTo("change");
            assertThat(slow.rows()).isEmpty();
        }
    }
}
