package io.tributary.aws;

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
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** Stands between a client and the emulator, and does harm to requests to PutRecords as it is told. */
final class FaultyProxy implements AutoCloseable {
    private static final Set<String> KEPT_BACK = Set.of("connection", "content-length", "host", "transfer-encoding");

    /** What becomes of a request. */
    enum Fault {
        NONE(true),
        /** It is done, but its answer comes too late. */
        LATE_ANSWER(true),
        /** It is done, but the connection is closed before the answer. */
        RESET_AFTER(true),
        RESET_BEFORE(false),
        ProvisionedThroughputExceededException(false),
        AccessDeniedException(false),
        InternalFailure(false);

        private final boolean done;

        Fault(boolean done) {
            this.done = done;
        }
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI target;
    private final Duration late;
    private final Supplier<Fault> faults;
    private final AtomicInteger puts = new AtomicInteger();

    FaultyProxy(URI target, Duration late, Supplier<Fault> faults) throws IOException {
        this.target = target;
        this.late = late;
        this.faults = faults;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.setExecutor(threads);
        server.start();
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** How many requests to PutRecords there were. */
    int puts() {
        return puts.get();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            boolean isPut = String.valueOf(exchange.getRequestHeaders().getFirst("X-Amz-Target"))
                    .endsWith(".PutRecords");
            Fault fault = Fault.NONE;
            if (isPut) {
                puts.incrementAndGet();
                fault = faults.get();
            }
            HttpResponse<byte[]> answer = fault.done ? forward(exchange, body) : null;
            switch (fault) {
                case NONE -> {
                    answer.headers().map().forEach((name, values) -> {
                        if (!KEPT_BACK.contains(name.toLowerCase(java.util.Locale.ROOT))) {
                            exchange.getResponseHeaders().put(name, values);
                        }
                    });
                    exchange.sendResponseHeaders(answer.statusCode(), answer.body().length);
                    exchange.getResponseBody().write(answer.body());
                }
                case LATE_ANSWER -> TimeUnit.MILLISECONDS.sleep(late.toMillis());
                case RESET_AFTER, RESET_BEFORE -> {}
                default -> {
                    exchange.getResponseHeaders().set("x-amzn-ErrorType", fault.name());
                    exchange.getResponseHeaders().set("x-amzn-RequestId", "r-1");
                    exchange.sendResponseHeaders(fault == Fault.InternalFailure ? 500 : 400, -1);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private HttpResponse<byte[]> forward(HttpExchange exchange, byte[] body) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(target.resolve(exchange.getRequestURI()))
                .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body));
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (!KEPT_BACK.contains(name.toLowerCase(java.util.Locale.ROOT)) && !name.equalsIgnoreCase("expect")) {
                values.forEach(value -> request.header(name, value));
            }
        });
        return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
