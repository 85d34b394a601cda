package io.tributary.serving.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.tributary.retail.EnrichedOrder;
import io.tributary.retail.RandomOrders;
import io.tributary.retail.RetailViews;
import io.tributary.serving.AnswerFormat;
import io.tributary.serving.LambdaView;
import io.tributary.view.View;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LiveStreamsTest {
    private static final HttpOptions OPTIONS =
            HttpOptions.defaults().withPort(0).withRefreshInterval(Duration.ofMillis(20));

    private final List<EnrichedOrder> orders = new RandomOrders(3, 6).list(300);
    private final StoreOnTheAir store = new StoreOnTheAir();
    private final LiveRecords<EnrichedOrder> records = LiveRecords.of(EnrichedOrder.SCHEMA);
    private ViewServer server;

    @BeforeEach
    void start() {
        server = ViewServer.start(store.views(), records, OPTIONS);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private LivePage open(String path, String... headers) throws IOException, InterruptedException {
        return LivePage.open(server.uri(), path, headers);
    }

    /** Waits until a page shows what the view answers. */
    private void awaitAll(LivePage page, View<EnrichedOrder> view) throws IOException {
        List<String> truth = texts(store.view(view));
        while (!page.rows().values().stream()
                .map(JsonNode::toString)
                .sorted()
                .toList()
                .equals(truth)) {
            page.next();
        }
    }

    private static List<String> texts(LambdaView<EnrichedOrder> view) throws IOException {
        ByteArrayOutputStream rows = new ByteArrayOutputStream();
        AnswerFormat.JSON.write(view.read(), rows);
        List<String> texts = new ArrayList<>();
        LivePage.JSON.readTree(rows.toByteArray()).forEach(row -> texts.add(row.toString()));
        return texts.stream().sorted().toList();
    }

    @Test
    void singleReplacesTheOneRow() throws Exception {
        try (LivePage page = open("/api/views/today-sales/live?mode=single")) {
            assertThat(page.next().data().get("rows")).isEmpty();
            store.send(orders.subList(0, 100));
            awaitAll(page, RetailViews.TODAY_SALES);
            store.send(orders.subList(100, 300));
            LivePage.Event event = page.next();

            assertThat(event.name()).isEqualTo("set");
            assertThat(event.data().get("rows")).hasSize(1);
            awaitAll(page, RetailViews.TODAY_SALES);
        }
    }

    @Test
    void singleShowsTheNewestWindow() throws Exception {
        store.send(orders);
        try (LivePage page = open("/api/views/cumulative-daily-sales/live?mode=single")) {
            page.next();

            assertThat(page.rows()).hasSize(1);
            assertThat(page.rows().values().iterator().next().get("window_end").asText())
                    .isEqualTo(store.view(RetailViews.HOURLY_SALES).read().rows().stream()
                            .map(row -> String.valueOf(row.window().end()) + ":00")
                            .reduce((a, b) -> b)
                            .orElseThrow());
        }
    }

    @Test
    void updateSendsWhatChangedOnly() throws Exception {
        store.send(orders);
        try (LivePage page = open("/api/views/hourly-category-sales/live?mode=update")) {
            assertThat(page.next().name()).isEqualTo("set");
            awaitAll(page, RetailViews.HOURLY_CATEGORY_SALES);
            store.send(List.of(orders.get(0)));
            LivePage.Event event = page.next();

            assertThat(event.name()).isEqualTo("change");
            assertThat(event.data().get("rows")).hasSize(1);
            assertThat(event.data().get("origins")).hasToString("[\"speed\"]");
            awaitAll(page, RetailViews.HOURLY_CATEGORY_SALES);
        }
    }

    @Test
    void updateTellsWhichRowsAreGone() throws Exception {
        store.send(orders.subList(0, 200));
        try (LivePage page = open("/api/views/hourly-top3-divisions/live?mode=update")) {
            boolean gone = false;
            for (int sent = 200; sent < 300; sent += 20) {
                store.send(orders.subList(sent, sent + 20));
                gone |= !page.next().data().get("gone").isEmpty();
                awaitAll(page, RetailViews.HOURLY_TOP3_DIVISIONS);
            }
            assertThat(gone).isTrue();
        }
    }

    @Test
    void aMovedCutChangesTheOriginsAndTheCoverage() throws Exception {
        store.send(orders);
        try (LivePage page = open("/api/views/daily-sales/live")) {
            assertThat(page.next().data().get("origins")).hasToString("[\"speed\",\"speed\",\"speed\"]");
            store.moveCut(3);
            JsonNode change = page.next().data();

            assertThat(change.get("origins")).hasToString("[\"both\",\"both\",\"both\"]");
            assertThat(change.get("coverage").get("cut").asText()).isEqualTo("2023-09-07T07:00:00Z");
        }
    }

    @Test
    void appendSendsEachClosedWindowOnceAndGoesOnWhereItWas() throws Exception {
        List<EnrichedOrder> byTime = orders.stream()
                .sorted(Comparator.comparing(EnrichedOrder::dateTime))
                .toList();
        store.send(byTime.subList(0, 150));
        String id;
        int first;
        try (LivePage page = open("/api/views/hourly-sales/live?mode=append")) {
            assertThat(page.next().name()).isEqualTo("set");
            id = page.lastId();
            first = page.rows().size();
            assertThat(first)
                    .isEqualTo(
                            store.view(RetailViews.HOURLY_SALES).read().rows().size() - 1);
        }
        store.send(byTime.subList(150, 300));
        int all = store.view(RetailViews.HOURLY_SALES).read().rows().size();

        try (LivePage again = open("/api/views/hourly-sales/live?mode=append", "Last-Event-ID", id)) {
            assertThat(again.next().name()).isEqualTo("append");
            assertThat(again.rows()).hasSize(all - 1 - first);
        }
    }

    @Test
    void aClientThatComesAgainHearsOnlyWhatItMissed() throws Exception {
        store.send(orders.subList(0, 299));
        try (LivePage stays = open("/api/views/hourly-sales/live")) {
            stays.next();
            String id = stays.lastId();
            store.send(orders.subList(299, 300));
            stays.next();

            try (LivePage again = open("/api/views/hourly-sales/live", "Last-Event-ID", id)) {
                assertThat(again.next().name()).isEqualTo("change");
                assertThat(again.rows()).hasSize(1);
                assertThat(again.lastId()).isEqualTo(stays.lastId());
            }
            try (LivePage stranger = open("/api/views/hourly-sales/live", "Last-Event-ID", "another.7")) {
                assertThat(stranger.next().name()).isEqualTo("set");
            }
        }
    }

    @Test
    void showsTheLastWindowsOfARange() throws Exception {
        store.send(orders);
        try (LivePage page = open("/api/views/hourly-sales/live?from=2015-01-01&to=2015-01-03&last=2")) {
            page.next();
            assertThat(page.rows().values())
                    .hasSize(2)
                    .allMatch(row -> row.get("window_start").asText().startsWith("2015-01-02"));
        }
    }

    @Test
    void oneStreamShowsSeveralViewsAndTheRecords() throws Exception {
        store.send(orders);
        orders.forEach(records::accept);
        List<String> seen = new ArrayList<>();
        try (LivePage page = open("/api/live?show=today-sales:single&show=hourly-sales:update:5&show=records")) {
            for (int i = 0; i < 3; i++) {
                LivePage.Event event = page.next();
                seen.add(event.data().get("view").asText());
                if (seen.get(i).equals("records")) {
                    assertThat(event.data().get("rows")).hasSize(50);
                    assertThat(event.data().get("accepted").asInt()).isEqualTo(300);
                    assertThat(event.data().get("skipped").asInt()).isEqualTo(250);
                }
            }
            assertThat(seen).containsExactlyInAnyOrder("today-sales", "hourly-sales", "records");
            records.accept(orders.get(0));
            assertThat(page.next().data().get("rows").get(0).get("mount")).isNotNull();
        }
    }

    private static Subscription source(String name, Supplier<Subscription.@Nullable Event> events) {
        return new Subscription() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public @Nullable Event next() {
                return events.get();
            }

            @Override
            public void close() {}
        };
    }

    @Test
    void aViewThatAlwaysHasNewsHoldsUpNoOther() {
        ByteArrayOutputStream sent = new ByteArrayOutputStream();
        ServletOutputStream out = new ServletOutputStream() {
            @Override
            public void write(int b) {
                sent.write(b);
            }

            @Override
            public void flush() throws IOException {
                if (sent.toString(StandardCharsets.UTF_8).contains("quiet")) {
                    throw new IOException("Cannot write: the client has left");
                }
            }

            @Override
            public boolean isReady() {
                return true;
            }

            @Override
            public void setWriteListener(WriteListener listener) {}
        };
        HttpServletResponse response = (HttpServletResponse) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {HttpServletResponse.class},
                (proxy, method, arguments) -> method.getName().equals("getOutputStream") ? out : null);
        Subscription.Event busy = new Subscription.Event("", Events.problem("busy", "news"));
        Subscription.Event quiet = new Subscription.Event("", Events.problem("quiet", "news"));

        try (LiveStreams streams = new LiveStreams(1, Duration.ofMillis(20), new AtomicInteger())) {
            streams.send(response, bell -> List.of(source("busy", () -> busy), source("quiet", () -> quiet)));
        }

        assertThat(sent.toString(StandardCharsets.UTF_8)).containsSubsequence("busy", "quiet");
    }

    @Test
    void grantsSoManyStreamsOnly() throws Exception {
        stop();
        server = ViewServer.start(store.views(), OPTIONS.withMaxStreams(1));
        try (LivePage page = open("/api/views/daily-sales/live")) {
            page.next();
            assertThatThrownBy(() -> open("/api/views/daily-sales/live"))
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith("Status 503");
        }
    }

    @Test
    void whoReadsNothingHoldsNobodyElseUp() throws Exception {
        try (Socket socket = new Socket()) {
            socket.setReceiveBufferSize(2_048);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
            OutputStream out = socket.getOutputStream();
            out.write("GET /api/views/hourly-category-sales/live HTTP/1.1\r\nHost: localhost\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII));
            out.flush();
            try (LivePage quick = open("/api/views/hourly-category-sales/live")) {
                for (int i = 0; i < 300; i++) {
                    store.send(orders.subList(i, i + 1));
                    if (i % 10 == 9) {
                        awaitAll(quick, RetailViews.HOURLY_CATEGORY_SALES);
                    }
                }
                try (InputStream metrics =
                        server.uri().resolve("/metrics").toURL().openStream()) {
                    assertThat(new String(metrics.readAllBytes(), StandardCharsets.UTF_8))
                            .contains("tributary_serving_streams 2.0");
                }
            }
        }
    }

    @Test
    void endsItsStreamsWhenItIsClosed() throws Exception {
        try (LivePage page = open("/api/views/daily-sales/live")) {
            page.next();
            server.close();

            assertThatThrownBy(page::next).isInstanceOf(IOException.class);
        }
    }
}
