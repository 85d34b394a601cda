package io.tributary.examples.command;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tributary.view.View;
import io.tributary.view.ViewColumn;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The views of a server, over HTTP. */
final class ServedViews {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int OK = 200;
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .build();

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    private final URI server;
    private final @Nullable String token;

    /** The rows of an answer as texts, and whether it says that nothing is missing. */
    record Served(List<List<@Nullable String>> rows, boolean complete) {}

    ServedViews(URI server, @Nullable String token) {
        this.server = server.toString().endsWith("/") ? server : URI.create(server + "/");
        this.token = token;
    }

    /**
     * All rows of a view.
     *
     * @param cut before which everything has arrived that the answer may be made of
     */
    Served read(View<?> view, Instant cut) throws IOException, InterruptedException {
        checkDefinition(view);
        JsonNode answer = get("api/views/" + view.name());
        JsonNode newest = answer.path("coverage").path("newest");
        if (newest.isTextual() && !Instant.parse(newest.textValue()).isBefore(cut)) {
            throw new IOException(
                    "Cannot reconcile view %s with %s: it has records of %s or later, and the lake is sealed up to %s (try again when they are sealed)"
                            .formatted(view.name(), server, newest.textValue(), cut));
        }
        List<List<@Nullable String>> rows = new ArrayList<>();
        for (JsonNode row : answer.path("rows")) {
            List<@Nullable String> texts = new ArrayList<>();
            for (ViewColumn column : view.columns()) {
                texts.add(text(row.path(column.name())));
            }
            rows.add(texts);
        }
        return new Served(rows, answer.path("coverage").path("complete").asBoolean());
    }

    private static @Nullable String text(JsonNode value) {
        if (value.isNull() || value.isMissingNode()) {
            return null;
        }
        return value.isBigDecimal() ? value.decimalValue().toPlainString() : value.asText();
    }

    private void checkDefinition(View<?> view) throws IOException, InterruptedException {
        for (JsonNode served : get("api/views").path("views")) {
            if (served.path("name").asText().equals(view.name())) {
                if (!served.path("digest").asText().equals(view.definitionDigest())) {
                    throw new IOException("Cannot reconcile view %s with %s: another definition of it is served there"
                            .formatted(view.name(), server));
                }
                return;
            }
        }
        throw new IOException("Cannot reconcile view %s with %s: it is not served there (see %sapi/views)"
                .formatted(view.name(), server, server));
    }

    private JsonNode get(String path) throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(server.resolve(path)).timeout(PATIENCE);
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        HttpResponse<String> response;
        try {
            response = client.send(request.build(), BodyHandlers.ofString());
        } catch (ConnectException e) {
            throw new IOException("Cannot reach %s (start it with 'serve')".formatted(server), e);
        }
        JsonNode body;
        try {
            body = JSON.readTree(response.body());
        } catch (IOException e) {
            throw new IOException(
                    "Cannot read the answer of %s: it is not JSON (is a dashboard served there?)".formatted(server), e);
        }
        if (response.statusCode() != OK) {
            throw new IOException(
                    "%s answers: %s".formatted(server, body.path("detail").asText("status " + response.statusCode())));
        }
        return body;
    }
}
