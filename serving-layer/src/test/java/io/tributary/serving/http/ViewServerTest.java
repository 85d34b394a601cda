package io.tributary.serving.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.tributary.retail.EnrichedOrder;
import io.tributary.retail.RandomOrders;
import io.tributary.retail.RetailViews;
import io.tributary.serving.Answer;
import io.tributary.serving.AnswerFormat;
import io.tributary.serving.InMemorySpeedStore;
import io.tributary.serving.LambdaView;
import io.tributary.serving.SpeedWrites;
import io.tributary.view.Measure;
import io.tributary.view.TimeRange;
import io.tributary.view.View;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ViewServerTest {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final String TOKEN = "a-secret-of-some-length";
    private static final HttpOptions OPTIONS = HttpOptions.defaults().withPort(0);

    private final StoreOnTheAir store = new StoreOnTheAir();
    private ViewServer server;

    @BeforeEach
    void start() {
        store.send(new RandomOrders(3, 6).list(300));
        store.moveCut(3);
        server = ViewServer.start(store.views(), OPTIONS);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private void restart(HttpOptions options) {
        server.close();
        server = ViewServer.start(store.views(), options);
    }

    private HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(server.uri().resolve(path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private JsonNode json(String path) throws IOException, InterruptedException {
        HttpResponse<String> response = get(path);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return LivePage.JSON.readTree(response.body());
    }

    private static String csv(Answer answer) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        AnswerFormat.CSV.write(answer, bytes);
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Test
    void isNotOpenToOtherMachines() {
        HttpOptions open = OPTIONS.withHost("0.0.0.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ViewServer.start(store.views(), open))
                .withMessage("Invalid host: 0.0.0.0 (other machines reach it; ask for a token, too)");
        restart(open.withToken(TOKEN));
        assertThat(server.port()).isPositive();
    }

    @Test
    void listsTheViewsWithTheirColumnsAndModes() throws Exception {
        assertThat(json("/api/views").get("records").asBoolean()).isFalse();
        JsonNode views = json("/api/views").get("views");

        assertThat(views).hasSize(RetailViews.all().size());
        JsonNode hourly = views.get(1);
        assertThat(hourly.get("name").asText()).isEqualTo("hourly-category-sales");
        assertThat(hourly.get("modes")).hasToString("[\"update\",\"append\"]");
        assertThat(hourly.get("columns").get(2))
                .hasToString("{\"name\":\"division_name\",\"role\":\"dimension\",\"type\":\"string\"}");
        assertThat(views.get(2).get("modes")).hasToString("[\"single\",\"update\"]");
        assertThat(views.get(6).get("columns").findValuesAsText("role"))
                .containsExactly("window", "window", "dimension", "measure", "measure", "rank");
    }

    @Test
    void answersTheSameRowsAsTheView() throws Exception {
        for (LambdaView<?> view : store.views()) {
            Answer truth = view.read();
            JsonNode answer = json("/api/views/" + view.view().name());
            ByteArrayOutputStream rows = new ByteArrayOutputStream();
            AnswerFormat.JSON.write(truth, rows);

            assertThat(answer.get("rows")).isEqualTo(LivePage.JSON.readTree(rows.toByteArray()));
            assertThat(answer.get("origins")).hasSameSizeAs(truth.rows());
            assertThat(answer.get("coverage").get("complete").asBoolean()).isTrue();
            assertThat(answer.get("coverage").get("cut").asText()).isEqualTo("2023-09-07T07:00:00Z");
            assertThat(answer.has("grouping")).isEqualTo(view.view().isRollup());
            String csv = get("/api/views/%s?format=csv".formatted(view.view().name()))
                    .body();
            if (!view.view().isRollup()) {
                assertThat(csv).isEqualTo(csv(truth));
            }
        }
    }

    @Test
    void tellsTotalsFromRowsWhoseDimensionIsNull() throws Exception {
        View<EnrichedOrder> totals = View.named("totals")
                .over(EnrichedOrder.SCHEMA)
                .rollup(EnrichedOrder.DIVISION_NAME)
                .measure("cnt", Measure.count())
                .build();
        InMemorySpeedStore speed = InMemorySpeedStore.create();
        List<EnrichedOrder> orders = new RandomOrders(3, 6)
                .list(300).stream()
                        .filter(order -> order.divisionName() == null
                                || order.divisionName().equals("음료"))
                        .toList();
        SpeedWrites.commit(speed, totals, SpeedWrites.slices(totals, orders));
        server.close();
        server = ViewServer.start(List.of(LambdaView.of(totals, speed)), OPTIONS);
        long unknown =
                orders.stream().filter(order -> order.divisionName() == null).count();

        JsonNode answer = json("/api/views/totals");
        assertThat(answer.get("rows")).hasSize(3);
        assertThat(answer.get("grouping")).hasToString("[0,0,1]");
        assertThat(get("/api/views/totals?format=csv").body())
                .isEqualTo("division_name,cnt,grouping\r\n,%d,0\r\n음료,%d,0\r\n,%d,1\r\n"
                        .formatted(unknown, orders.size() - unknown, orders.size()));
    }

    @Test
    void readsTheWindowsOfARange() throws Exception {
        View<?> view = RetailViews.HOURLY_SALES;
        String truth = csv(store.view(RetailViews.HOURLY_SALES).read(TimeRange.day("2015-01-02")));

        HttpResponse<String> csv = get("/api/views/%s?from=2015-01-02&to=2015-01-03&format=csv".formatted(view.name()));

        assertThat(csv.body()).isEqualTo(truth).contains("2015-01-02T20:00:00");
        assertThat(csv.headers().firstValue("Content-Type")).hasValue("text/csv; charset=utf-8");
        assertThat(csv.headers().firstValue("Content-Disposition"))
                .hasValue("attachment; filename=\"hourly-sales.csv\"");
        assertThat(csv.headers().firstValue("Tributary-Complete")).hasValue("true");
        assertThat(csv.headers().firstValue("Tributary-Cut")).hasValue("2023-09-07T07:00:00Z");
        assertThat(csv.headers().firstValue("Tributary-Newest")).hasValue("2023-09-07T09:00:00Z");
        assertThat(csv.headers().firstValue("Tributary-Missing")).hasValue("0");
    }

    @Test
    void thoseWhoAskTheSameShareAnAnswerForAsLongAsARefresh() throws Exception {
        restart(OPTIONS.withRefreshInterval(Duration.ofMinutes(1)));
        String path = "/api/views/today-sales";
        HttpRequest request = HttpRequest.newBuilder(server.uri().resolve(path)).build();
        List<CompletableFuture<HttpResponse<String>>> crowd = Stream.generate(
                        () -> HTTP.sendAsync(request, HttpResponse.BodyHandlers.ofString()))
                .limit(50)
                .toList();
        String first = get(path).body();
        for (CompletableFuture<HttpResponse<String>> caller : crowd) {
            assertThat(caller.get().body()).isEqualTo(first);
        }
        store.send(new RandomOrders(4, 6).list(10));
        assertThat(get(path).body()).isEqualTo(first);
        assertThat(get("/metrics").body()).contains("tributary_serving_reads_seconds_count{view=\"today-sales\"} 1\n");
        assertThat(get(path + "?format=csv").body())
                .isEqualTo(csv(store.view(RetailViews.TODAY_SALES).read()));

        restart(OPTIONS.withRefreshInterval(Duration.ofMillis(20)));
        String before = get(path).body();
        store.send(new RandomOrders(5, 6).list(10));
        TimeUnit.MILLISECONDS.sleep(50);
        assertThat(get(path).body()).isNotEqualTo(before);
        assertThat(get(path + "?format=csv").body())
                .isEqualTo(csv(store.view(RetailViews.TODAY_SALES).read()));
    }

    @Test
    void asksForTheTokenWhereDataIs() throws Exception {
        restart(OPTIONS.withToken(TOKEN));

        for (String path :
                List.of("/api/views", "/api/views/daily-sales", "/api/live?show=daily-sales:update", "/metrics")) {
            HttpResponse<String> response = get(path);
            assertThat(response.statusCode()).isEqualTo(401);
            assertThat(response.headers().firstValue("WWW-Authenticate")).hasValue("Bearer");
            assertThat(response.body()).doesNotContain(TOKEN);
            assertThat(get(path, "Authorization", "Bearer " + TOKEN + "x").statusCode())
                    .isEqualTo(401);
        }
        assertThat(get("/api/views", "Authorization", "Bearer " + TOKEN).statusCode())
                .isEqualTo(200);
        assertThat(get("/health").statusCode()).isEqualTo(200);
        for (String path : List.of("/metrics/", "/api//views", "/api/views/")) {
            assertThat(get(path).statusCode()).as(path).isIn(400, 401, 404);
        }
    }

    /** As senders write who know no date: the window ends behind the last year that a record may name. */
    @Test
    void showsTheLastHourOfTime() throws Exception {
        EnrichedOrder order = new RandomOrders(3, 6)
                .list(50).stream()
                        .filter(sent -> !sent.eventTime().isBefore(RandomOrders.partition(3)))
                        .findFirst()
                        .orElseThrow();
        store.send(List.of(RandomOrders.withDateTime(order, LocalDateTime.of(9999, 12, 31, 23, 59, 59))));
        String path = "/api/views/hourly-sales";

        assertThat(get(path).body()).contains("\"9999-12-31T23:00:00\"", "\"+10000-01-01T00:00:00\"");
        assertThat(get(path + "?format=csv").body()).contains("9999-12-31T23:00:00,+10000-01-01T00:00:00,");
    }

    @Test
    void tellsBrowsersWhatToRefuse() throws Exception {
        for (String path : List.of("/health", "/api/views", "/api/views/none", "/nothing")) {
            HttpResponse<String> response = get(path);
            assertThat(response.headers().firstValue("Content-Security-Policy").orElseThrow())
                    .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
                    .doesNotContain("unsafe");
            assertThat(response.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
            assertThat(response.headers().firstValue("Access-Control-Allow-Origin"))
                    .isEmpty();
            assertThat(response.headers().firstValue("Server")).isEmpty();
        }
    }

    /** As a page of another site does that has its name resolved to loopback. */
    @Test
    void answersToNoOtherNameOnLoopback() throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            OutputStream out = socket.getOutputStream();
            out.write("GET /api/views HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII));
            out.flush();

            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 421")
                    .doesNotContain("daily-sales");
        }
    }

    @Test
    void countsRequestsForPrometheus() throws Exception {
        json("/api/views/daily-sales");
        get("/api/views/none");

        assertThat(get("/metrics").body())
                .contains("tributary_serving_requests_seconds_count{route=\"/api/views/{name}\",status=\"200\"} 1")
                .contains("status=\"404\"")
                .contains("tributary_serving_streams 0.0")
                .contains("jvm_memory_used_bytes");
    }

    @Test
    void tellsTheCoverageOfTheLastAnswerForPrometheus() throws Exception {
        assertThat(metric("complete", "daily-sales")).isNaN();
        assertThat(metric("cut_timestamp_seconds", "daily-sales"))
                .isEqualTo((double) RandomOrders.partition(3).getEpochSecond());

        json("/api/views/daily-sales");

        assertThat(metric("complete", "daily-sales")).isEqualTo(1);
        assertThat(metric("newest_timestamp_seconds", "daily-sales"))
                .isEqualTo((double) RandomOrders.partition(5).getEpochSecond());
        assertThat(metric("commit_timestamp_seconds", "daily-sales")).isPositive();
        assertThat(metric("reads_seconds_count", "daily-sales")).isEqualTo(1);
        assertThat(metric("failed_reads_total", "daily-sales")).isZero();
    }

    private double metric(String name, String view) throws Exception {
        return get("/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith("tributary_serving_%s{view=\"%s\"}".formatted(name, view)))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void reportsAllWrongOptionsTogether() {
        assertThatThrownBy(() -> new HttpOptions("", -1, "short", Duration.ZERO, 0, 0, Duration.ZERO, "page"))
                .hasMessageStartingWith("Invalid host")
                .hasMessageContainingAll("port: -1", "maxRows: 0", "maxStreams: 0", "page: page")
                .hasMessageNotContaining("short");
        assertThat(OPTIONS.withToken(TOKEN).toString()).doesNotContain(TOKEN);
    }

    @Test
    void listensOnLoopbackUnlessToldOtherwise() {
        assertThat(HttpOptions.defaults().host()).isEqualTo("127.0.0.1");
        assertThat(server.uri()).isEqualTo(URI.create("http://127.0.0.1:%d/".formatted(server.port())));
    }
}
