package io.tributary.batch.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.athena.AthenaClient;
import software.amazon.awssdk.services.athena.AthenaClientBuilder;

/**
 * Athena's JSON protocol in front of an engine: StartQueryExecution, GetQueryExecution, GetQueryResults
 * and StopQueryExecution, with Athena's limits on tokens, parameters, texts and pages. Faults can be
 * put in front of an operation, and all requests are kept.
 */
public final class AthenaServer implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TARGET = "AmazonAthena.";
    private static final int MOST_SQL_BYTES = 262_144;
    private static final int LONGEST_PARAMETER = 1_024;
    private static final int MOST_ROWS = 1_000;

    /** What a client asked for. */
    public record Request(String operation, JsonNode body) {}

    private record Fault(int status, String type, String message) {}

    private final HttpServer http;
    private final SqlBackend backend;
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "athena-server");
        thread.setDaemon(true);
        return thread;
    });
    private final Map<String, Execution> byId = new ConcurrentHashMap<>();
    private final Map<String, Execution> byToken = new ConcurrentHashMap<>();
    private final Map<String, Deque<Fault>> faults = new ConcurrentHashMap<>();
    private final List<Request> requests = new CopyOnWriteArrayList<>();

    private AthenaServer(HttpServer http, SqlBackend backend) {
        this.http = http;
        this.backend = backend;
    }

    public static AthenaServer start(SqlBackend backend) {
        try {
            HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            AthenaServer server = new AthenaServer(http, backend);
            http.setExecutor(server.threads);
            http.createContext("/", server::handle);
            http.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + http.getAddress().getPort());
    }

    /** For the caller to close. */
    public AthenaClient client() {
        return clientBuilder().build();
    }

    public AthenaClientBuilder clientBuilder() {
        return AthenaClient.builder()
                .endpointOverride(endpoint())
                .region(Region.AP_NORTHEAST_2)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
                .httpClientBuilder(UrlConnectionHttpClient.builder());
    }

    /** The next requests of an operation fail that many times, before they have any effect. */
    public void fail(String operation, int times, String type, String message) {
        Deque<Fault> queue = faults.computeIfAbsent(operation, name -> new ArrayDeque<>());
        synchronized (queue) {
            for (int i = 0; i < times; i++) {
                queue.add(new Fault(type.startsWith("Internal") ? 500 : 400, type, message));
            }
        }
    }

    public List<JsonNode> requests(String operation) {
        return requests.stream()
                .filter(request -> request.operation().equals(operation))
                .map(Request::body)
                .toList();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String target = String.valueOf(exchange.getRequestHeaders().getFirst("X-Amz-Target"));
            String operation = target.startsWith(TARGET) ? target.substring(TARGET.length()) : target;
            JsonNode body = JSON.readTree(exchange.getRequestBody());
            requests.add(new Request(operation, body));
            Fault fault = nextFault(operation);
            if (fault != null) {
                answer(exchange, fault);
                return;
            }
            try {
                byte[] bytes = JSON.writeValueAsBytes(dispatch(operation, body));
                send(exchange, 200, bytes);
            } catch (IllegalArgumentException e) {
                answer(exchange, new Fault(400, "InvalidRequestException", String.valueOf(e.getMessage())));
            }
        }
    }

    private @Nullable Fault nextFault(String operation) {
        Deque<Fault> queue = faults.getOrDefault(operation, new ArrayDeque<>());
        synchronized (queue) {
            return queue.poll();
        }
    }

    private static void answer(HttpExchange exchange, Fault fault) throws IOException {
        ObjectNode error = JSON.createObjectNode().put("__type", fault.type()).put("Message", fault.message());
        send(exchange, fault.status(), JSON.writeValueAsBytes(error));
    }

    private static void send(HttpExchange exchange, int status, byte[] bytes) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.1");
        exchange.getResponseHeaders().set("x-amzn-RequestId", UUID.randomUUID().toString());
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private JsonNode dispatch(String operation, JsonNode body) {
        return switch (operation) {
            case "StartQueryExecution" -> start(body);
            case "GetQueryExecution" ->
                JSON.createObjectNode().set("QueryExecution", execution(body).toJson());
            case "GetQueryResults" -> results(body);
            case "StopQueryExecution" -> {
                execution(body).stop();
                yield JSON.createObjectNode();
            }
            default -> throw new IllegalArgumentException("Unknown operation: " + operation);
        };
    }

    private JsonNode start(JsonNode body) {
        String sql = body.path("QueryString").asText();
        int bytes = sql.getBytes(StandardCharsets.UTF_8).length;
        check(bytes >= 1 && bytes <= MOST_SQL_BYTES, "QueryString has %d bytes", bytes);
        String token = body.path("ClientRequestToken").asText();
        check(token.length() >= 32 && token.length() <= 128, "ClientRequestToken has %d characters", token.length());
        List<String> parameters = new ArrayList<>();
        for (JsonNode parameter : body.path("ExecutionParameters")) {
            int length = parameter.asText().length();
            check(length >= 1 && length <= LONGEST_PARAMETER, "an ExecutionParameter has %d characters", length);
            parameters.add(parameter.asText());
        }
        check(!body.has("ExecutionParameters") || !parameters.isEmpty(), "ExecutionParameters has %d members", 0);
        Execution execution = byToken.computeIfAbsent(token, key -> {
            String database =
                    body.path("QueryExecutionContext").path("Database").asText(null);
            Execution started = new Execution(UUID.randomUUID().toString(), sql);
            byId.put(started.id(), started);
            started.run(threads, () -> backend.run(database, sql, parameters));
            return started;
        });
        return JSON.createObjectNode().put("QueryExecutionId", execution.id());
    }

    private Execution execution(JsonNode body) {
        String id = body.path("QueryExecutionId").asText();
        Execution execution = byId.get(id);
        if (execution == null) {
            throw new IllegalArgumentException("QueryExecution %s was not found".formatted(id));
        }
        return execution;
    }

    private JsonNode results(JsonNode body) {
        int most = body.path("MaxResults").asInt(MOST_ROWS);
        check(most >= 1 && most <= MOST_ROWS, "MaxResults is %d", most);
        Execution execution = execution(body);
        List<List<@Nullable String>> rows = execution.rowsWithHeader();
        int from = body.path("NextToken").asInt(0);
        int to = Math.min(rows.size(), from + most);
        ObjectNode response = JSON.createObjectNode();
        ObjectNode set = response.putObject("ResultSet");
        ArrayNode found = set.putArray("Rows");
        for (List<@Nullable String> row : rows.subList(from, to)) {
            ArrayNode data = found.addObject().putArray("Data");
            for (String text : row) {
                ObjectNode datum = data.addObject();
                if (text != null) {
                    datum.put("VarCharValue", text);
                }
            }
        }
        ArrayNode columns = set.putObject("ResultSetMetadata").putArray("ColumnInfo");
        execution
                .result()
                .columns()
                .forEach(name -> columns.addObject().put("Name", name).put("Type", "varchar"));
        if (to < rows.size()) {
            response.put("NextToken", String.valueOf(to));
        }
        return response;
    }

    private static void check(boolean valid, String problem, int value) {
        if (!valid) {
            throw new IllegalArgumentException(problem.formatted(value));
        }
    }

    @Override
    public void close() {
        http.stop(0);
        threads.shutdownNow();
    }
}
