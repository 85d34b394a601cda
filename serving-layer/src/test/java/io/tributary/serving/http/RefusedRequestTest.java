package io.tributary.serving.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.tributary.retail.RandomOrders;
import io.tributary.retail.RetailViews;
import io.tributary.serving.LambdaView;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a server does not answer, and with what it does not start. */
class RefusedRequestTest {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final HttpOptions OPTIONS = HttpOptions.defaults().withPort(0);

    private final StoreOnTheAir store = new StoreOnTheAir();
    private ViewServer server;

    @BeforeEach
    void start() {
        store.send(new RandomOrders(3, 6).list(300));
        server = ViewServer.start(store.views(), OPTIONS);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private HttpResponse<String> ask(String method, String path) throws IOException, InterruptedException {
        return HTTP.send(
                HttpRequest.newBuilder(server.uri().resolve(path))
                        .method(method, HttpRequest.BodyPublishers.noBody())
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/api/views/hourly-sale | 404 | Cannot find view hourly-sale (did you mean hourly-sales",
                "/api/views/zzzzzzzzzz | 404 | Cannot find view zzzzzzzzzz (see /api/views)",
                "/api/nothing | 404 | Cannot answer GET /api/nothing",
                "/api/views/hourly-sales?from=2015-01-02 | 400 | Invalid range: only 'from' is given",
                "/api/views/hourly-sales?from=2015-01-02&to=2015-01-02 | 400 | Invalid range: 2015-01-02 to 2015-01-02",
                "/api/views/hourly-sales?from=2015-01-02&to=soon | 400 | Invalid to: soon (must be a day or a time",
                "/api/views/hourly-sales?from=2015-01-01&to=2017-01-01 | 400 | must be at most PT8784H long",
                "/api/views/daily-sales?from=2015-01-01&to=2015-01-02 | 400 | Cannot read view daily-sales from and to",
                "/api/views/hourly-sales?start=2015-01-02&end=2015-01-03 | 400 | Invalid parameter: start (must be one of format, from, to)",
                "/api/views/hourly-sales?from%3D2015-01-02 | 400 | Invalid parameter: from=2015-01-02 (must be one of",
                "/api/views/hourly-sales/live?lst=5 | 400 | Invalid parameter: lst (must be one of from, last, mode, to)",
                "/api/live?shows=daily-sales:update | 400 | Invalid parameter: shows (must be one of from, show, to)",
                "/api/views/daily-sales?format=xml | 400 | Invalid format: xml (must be json or csv)",
                "/api/views/daily-sales/live?mode=single | 400 | Cannot show view daily-sales as single: it has dimensions",
                "/api/views/daily-sales/live?mode=append | 400 | Cannot show view daily-sales as append: it has no windows",
                "/api/views/daily-sales/live?mode=all | 400 | Invalid mode: all (must be one of [single, update, append])",
                "/api/views/daily-sales/live?last=-1 | 400 | Invalid last: -1",
                "/api/views/daily-sales/live?last=x | 400 | Invalid last: x",
                "/api/views/daily-sales/live?last=5 | 400 | Cannot show the last 5 windows of view daily-sales: it has no windows",
                "/api/live?show=daily-sales:update:5 | 400 | Cannot show the last 5 windows of view daily-sales",
                "/api/live | 400 | Invalid show: 0 are named",
                "/api/live?show=daily-sales | 400 | Invalid show: daily-sales (must be NAME:MODE",
                "/api/records/live | 404 | Cannot show records",
            })
    void tellsWhatIsWrong(String path, int status, String detail) throws Exception {
        HttpResponse<String> response = ask("GET", path);

        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        JsonNode problem = LivePage.JSON.readTree(response.body());
        assertThat(problem.get("status").asInt()).isEqualTo(status);
        assertThat(problem.get("detail").asText()).contains(detail);
        assertThat(problem.get("instance").asText()).isEqualTo(path.replaceFirst("\\?.*", ""));
        HttpResponse<String> head = ask("HEAD", path);
        boolean isLive = path.matches(".*/live(\\?.*)?");
        assertThat(head.statusCode()).isEqualTo(isLive ? 405 : status);
        assertThat(head.body()).isEmpty();
    }

    @Test
    void refusesWhatCannotBeDecoded() throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.getOutputStream()
                    .write(("GET /api/views/hourly-sales?from=%zz&to=%zz HTTP/1.1\r\nHost: localhost\r\n"
                                    + "Connection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));

            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 400")
                    .contains("Invalid query: from=%zz&to=%zz (write a % as %25)");
        }
    }

    @Test
    void answersHeadAsItDoesGet() throws Exception {
        HttpResponse<String> head = ask("HEAD", "/api/views/daily-sales?format=csv");

        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.headers().firstValue("Tributary-Complete")).hasValue("true");
        assertThat(head.body()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "HEAD,/api/live?show=daily-sales:update,GET",
        "HEAD,/api/records/live,GET",
        "POST,/api/views/daily-sales/live,GET",
        "POST,/api/views/daily-sales,'GET, HEAD'",
        "DELETE,/health,'GET, HEAD'"
    })
    void tellsWhichMethodsThereAre(String method, String path, String allowed) throws Exception {
        HttpResponse<String> response = ask(method, path);

        assertThat(response.statusCode()).isEqualTo(405);
        assertThat(response.headers().firstValue("Allow")).hasValue(allowed);
    }

    /** Its port is free again. */
    @Test
    void refusesAPageThatIsNotThere() {
        HttpOptions options = OPTIONS.withPort(server.port());
        server.close();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> ViewServer.start(store.views(), options.withPage("/dashbord")))
                .withMessage("Invalid page: /dashbord (no such folder on the class path)");

        server = ViewServer.start(store.views(), options);
        assertThat(server.port()).isEqualTo(options.port());
    }

    @Test
    void namesTheNearestViews() throws Exception {
        JsonNode problem =
                LivePage.JSON.readTree(ask("GET", "/api/views/dayly-sales").body());

        assertThat(problem.get("nearest").get(0).asText()).isEqualTo("daily-sales");
    }

    @Test
    void refusesMoreRowsThanItGrants() throws Exception {
        server.close();
        server = ViewServer.start(store.views(), OPTIONS.withMaxRows(2));

        assertThat(ask("GET", "/api/views/hourly-sales").statusCode()).isEqualTo(422);
        assertThat(ask("GET", "/api/views/hourly-sales").body())
                .contains("the limit is 2 (name a shorter range by from and to)");
        assertThat(ask("GET", "/api/views/today-sales").statusCode()).isEqualTo(200);
    }

    @Test
    void refusesAPortThatIsInUse() {
        assertThatThrownBy(() -> ViewServer.start(store.views(), OPTIONS.withPort(server.port())))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("Cannot listen on port %d of 127.0.0.1".formatted(server.port()));
    }

    @Test
    void refusesTwoViewsOfOneName() {
        LambdaView<?> view = store.view(RetailViews.DAILY_SALES);

        assertThatThrownBy(() -> ViewServer.start(List.of(view, view), OPTIONS))
                .hasMessage("Invalid views: daily-sales is there twice (give each a name of its own)");
    }
}
