package io.tributary.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Stands before the emulator and does to batch requests what a busy service and a bad network do: leaves
 * items unprocessed, throttles, drops connections before and after the work is done, answers too late.
 */
final class FaultyDynamoDb implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TARGET = "X-Amz-Target";
    private static final Duration LATE = Dynalite.IMPATIENCE.plusMillis(300);

    /** Of a hundred items, or requests, how many suffer what. */
    record Faults(int itemsUnprocessed, int throttled, int reset, int answerLost, int answerLate) {
        static final Faults NONE = new Faults(0, 0, 0, 0, 0);
        static final Faults ALL = new Faults(30, 15, 10, 10, 3);
    }

    private final HttpClient http = HttpClient.newHttpClient();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;
    private final URI target;
    private final Faults faults;
    private final Random random = new Random(7);
    private final AtomicInteger injected = new AtomicInteger();
    private final AtomicInteger busy = new AtomicInteger();
    private final AtomicInteger mostBusy = new AtomicInteger();

    FaultyDynamoDb(URI target, Faults faults) throws IOException {
        this.target = target;
        this.faults = faults;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** How many faults there were; an item left unprocessed is one. */
    int injected() {
        return injected.get();
    }

    /** The most requests that were here at a time. */
    int mostRequestsAtATime() {
        return mostBusy.get();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Answer answer = answer(exchange);
            if (answer != null) {
                exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.0");
                exchange.getResponseHeaders().set("x-amzn-RequestId", "REQUEST");
                byte[] body = JSON.writeValueAsBytes(answer.body());
                exchange.sendResponseHeaders(answer.status(), body.length);
                exchange.getResponseBody().write(body);
            }
        }
    }

    /** Null for none. */
    private @Nullable Answer answer(HttpExchange exchange) throws IOException {
        mostBusy.accumulateAndGet(busy.incrementAndGet(), Math::max);
        try {
            JsonNode request = JSON.readTree(exchange.getRequestBody());
            return exchange.getRequestHeaders().getFirst(TARGET).contains("Batch")
                    ? answerBatch(exchange, request)
                    : forward(exchange, request);
        } catch (InterruptedException e) {
            throw new IOException(e);
        } finally {
            busy.decrementAndGet();
        }
    }

    private @Nullable Answer answerBatch(HttpExchange exchange, JsonNode request)
            throws IOException, InterruptedException {
        if (happens(faults.throttled())) {
            ObjectNode error = JSON.createObjectNode();
            error.put("__type", "com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException");
            error.put("message", "slow down");
            return new Answer(400, error);
        }
        if (happens(faults.reset())) {
            return null;
        }
        JsonNode withheld = withhold(request);
        Answer answer = isEmpty(request) ? new Answer(200, JSON.createObjectNode()) : forward(exchange, request);
        if (happens(faults.answerLate())) {
            TimeUnit.MILLISECONDS.sleep(LATE.toMillis());
        }
        if (happens(faults.answerLost())) {
            return null;
        }
        if (answer.status() == 200 && !isEmpty(withheld)) {
            boolean reads = exchange.getRequestHeaders().getFirst(TARGET).contains("Get");
            ((ObjectNode) answer.body())
                    .set(reads ? "UnprocessedKeys" : "UnprocessedItems", withheld.get("RequestItems"));
        }
        return answer;
    }

    /** Takes items out of a request, and gives a request of those. */
    private JsonNode withhold(JsonNode request) {
        JsonNode withheld = request.deepCopy();
        ArrayNode kept = list(request);
        ArrayNode left = list(withheld);
        for (int i = kept.size() - 1; i >= 0; i--) {
            (happens(faults.itemsUnprocessed()) ? kept : left).remove(i);
        }
        return withheld;
    }

    private static boolean isEmpty(JsonNode request) {
        return list(request).isEmpty();
    }

    /** The items to write or the keys to get, of the one table. */
    private static ArrayNode list(JsonNode request) {
        JsonNode table = request.get("RequestItems").elements().next();
        return (ArrayNode) (table.has("Keys") ? table.get("Keys") : table);
    }

    private Answer forward(HttpExchange exchange, JsonNode body) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(target)
                .version(HttpClient.Version.HTTP_1_1)
                .POST(HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)));
        for (String header : List.of(TARGET, "Content-Type", "Authorization", "X-Amz-Date")) {
            request.header(header, exchange.getRequestHeaders().getFirst(header));
        }
        HttpResponse<byte[]> response = http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        return new Answer(response.statusCode(), JSON.readTree(response.body()));
    }

    private record Answer(int status, JsonNode body) {}

    private boolean happens(int percent) {
        boolean fault;
        synchronized (random) {
            fault = random.nextInt(100) < percent;
        }
        if (fault) {
            injected.incrementAndGet();
        }
        return fault;
    }

    /** Lets what is under way end, as the emulator dies of a request that is broken off. */
    @Override
    public void close() {
        server.stop(0);
        threads.shutdown();
        try {
            threads.awaitTermination(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
