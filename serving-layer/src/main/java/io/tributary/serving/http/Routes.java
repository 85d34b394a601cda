package io.tributary.serving.http;

import io.javalin.Javalin;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.tributary.serving.LambdaView;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.eclipse.jetty.http.HttpStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a server answers to which path. */
final class Routes {
    private static final Logger LOG = LoggerFactory.getLogger(Routes.class);
    private static final String STARTED = "tributary.started";
    private static final String JSON = "application/json";
    private static final String PROBLEM = "application/problem+json";

    private final ViewCatalogue catalogue;
    private final Feeds feeds;
    private final LiveStreams streams;
    private final HttpOptions options;
    private final ServerMetrics metrics;
    private final SharedAnswers answers;

    Routes(ViewCatalogue catalogue, Feeds feeds, LiveStreams streams, HttpOptions options, ServerMetrics metrics) {
        this.catalogue = catalogue;
        this.feeds = feeds;
        this.streams = streams;
        this.options = options;
        this.metrics = metrics;
        this.answers = new SharedAnswers(options, metrics);
    }

    void addTo(Javalin javalin, Access access) {
        javalin.before(context -> context.attribute(STARTED, System.nanoTime()));
        javalin.before(access::check);
        javalin.get("/health", this::health);
        javalin.get(
                "/metrics",
                context -> context.contentType("text/plain; version=0.0.4; charset=utf-8")
                        .result(metrics.scrape()));
        javalin.get("/api/views", this::list);
        javalin.get("/api/views/{name}", this::read);
        javalin.get(
                "/api/views/{name}/live",
                context -> streams.send(context.res(), feeds.one(context.pathParam("name"), request(context))));
        javalin.get("/api/live", context -> streams.send(context.res(), feeds.several(request(context))));
        javalin.get("/api/records/live", context -> streams.send(context.res(), feeds.records()));
        javalin.exception(
                ProblemException.class,
                (problem, context) ->
                        write(context, problem.status(), String.valueOf(problem.getMessage()), problem.nearest()));
        javalin.exception(
                HttpResponseException.class,
                (problem, context) -> write(
                        context,
                        problem.getStatus(),
                        "Cannot answer %s %s".formatted(context.method(), context.path()),
                        List.of()));
        javalin.exception(Exception.class, Routes::fail);
        javalin.after(this::time);
    }

    private ViewRequest request(Context context) {
        return new ViewRequest(context, options);
    }

    private void health(Context context) {
        context.header("Cache-Control", "no-store").contentType(JSON).result(AnswerJson.object(json -> {
            json.writeStringField("status", "up");
            json.writeNumberField("views", catalogue.all().size());
            json.writeNumberField("streams", metrics.streams().get());
        }));
    }

    private void list(Context context) {
        context.contentType(JSON).result(AnswerJson.object(json -> {
            json.writeArrayFieldStart("views");
            for (LambdaView<?> view : catalogue.all()) {
                json.writeStartObject();
                AnswerJson.view(view.view(), json);
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeBooleanField("records", feeds.haveRecords());
        }));
    }

    private void read(Context context) {
        LambdaView<?> found = catalogue.find(context.pathParam("name"));
        ViewRequest request = request(context);
        answers.to(new SharedAnswers.Question(found, request.rangeOf(found.view()), request.format()))
                .to(context);
    }

    private static void fail(Exception failure, Context context) {
        String reference =
                HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
        LOG.error("Cannot answer {} {} (reference {})", context.method(), context.path(), reference, failure);
        write(
                context,
                500,
                "Cannot answer for now (the server's log tells why under reference %s)".formatted(reference),
                List.of());
    }

    private static void write(Context context, int status, String detail, List<String> nearest) {
        context.status(status).contentType(PROBLEM).result(AnswerJson.object(json -> {
            json.writeStringField("type", "about:blank");
            json.writeStringField("title", HttpStatus.getMessage(status));
            json.writeNumberField("status", status);
            json.writeStringField("detail", detail);
            json.writeStringField("instance", context.path());
            if (!nearest.isEmpty()) {
                AnswerJson.texts("nearest", nearest, json);
            }
        }));
    }

    /** Streams last as long as their clients like, so they are not timed. */
    private void time(Context context) {
        Long started = context.attribute(STARTED);
        String route = context.endpointHandlerPath();
        if (started != null && !route.endsWith("/live")) {
            metrics.request(route, context.statusCode(), System.nanoTime() - started);
        }
    }
}
