package io.tributary.serving.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** A client of a live stream, which keeps rows by their keys as a page does. */
final class LivePage implements AutoCloseable {
    static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final InputStream body;
    private final BufferedReader lines;
    private final Map<String, JsonNode> rows = new LinkedHashMap<>();
    private String lastId = "";

    /** One event of the stream. */
    record Event(String name, JsonNode data) {}

    private LivePage(InputStream body) {
        this.body = body;
        this.lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
    }

    static LivePage open(URI server, String path, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(server.resolve(path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        HttpResponse<InputStream> response = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        if (response.statusCode() != 200) {
            throw new IOException("Status %d of %s".formatted(response.statusCode(), path));
        }
        return new LivePage(response.body());
    }

    /** Waits for the next event and takes it over. */
    Event next() throws IOException {
        String name = "";
        String data = "";
        while (true) {
            String line = lines.readLine();
            if (line == null) {
                throw new IOException("The stream has ended");
            }
            if (line.startsWith("id: ")) {
                lastId = line.substring(4);
            } else if (line.startsWith("event: ")) {
                name = line.substring(7);
            } else if (line.startsWith("data: ")) {
                data = line.substring(6);
            } else if (line.isEmpty() && !name.isEmpty()) {
                Event event = new Event(name, JSON.readTree(data));
                take(event);
                return event;
            }
        }
    }

    private void take(Event event) {
        if (event.name().equals("set")) {
            rows.clear();
        }
        JsonNode keys = event.data().path("keys");
        for (int i = 0; i < keys.size(); i++) {
            rows.put(keys.get(i).toString(), event.data().get("rows").get(i));
        }
        event.data().path("gone").forEach(key -> rows.remove(key.toString()));
    }

    Map<String, JsonNode> rows() {
        return rows;
    }

    String lastId() {
        return lastId;
    }

    @Override
    public void close() throws IOException {
        body.close();
    }
}
