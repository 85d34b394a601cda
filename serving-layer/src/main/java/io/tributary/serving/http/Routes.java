package io.tributary.serving.http;

import io.javalin.Javalin;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.tributary.serving.Answer;
import io.tributary.serving.AnswerFormat;
import io.tributary.serving.Coverage;
import io.tributary.serving.LambdaView;
import io.tributary.view.View;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
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

    Routes(ViewCatalogue catalogue, Feeds feeds, LiveStreams streams, HttpOptions options, ServerMetrics metrics) {
        this.catalogue = catalogue;
        this.feeds = feeds;
        this.streams = streams;
        this.options = options;
        this.metrics = metrics;
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

    private void read(Context context) throws IOException {
        LambdaView<?> found = catalogue.find(context.pathParam("name"));
        View<?> view = found.view();
        AnswerFormat format = request(context).format();
        Answer answer = metrics.read(found, request(context).rangeOf(view));
        if (answer.rows().size() > options.maxRows()) {
            throw new ProblemException(
                    422,
                    "Cannot answer with %d rows of view %s: the limit is %d (%s)"
                            .formatted(
                                    answer.rows().size(),
                                    view.name(),
                                    options.maxRows(),
                                    view.window().eventTime().isPresent()
                                            ? "name a shorter range by from and to"
                                            : "raise the server's maxRows"));
        }
        if (format == AnswerFormat.CSV) {
            writeCsv(context, view, answer);
            return;
        }
        context.contentType(JSON).result(AnswerJson.object(json -> {
            json.writeStringField("view", view.name());
            AnswerJson.columns(view, json);
            AnswerJson.rows(view, answer.rows(), json);
            AnswerJson.origins(answer.origins(), json);
            AnswerJson.coverage(answer.coverage(), json);
        }));
    }

    private static void writeCsv(Context context, View<?> view, Answer answer) throws IOException {
        ByteArrayOutputStream csv = new ByteArrayOutputStream();
        AnswerFormat.CSV.write(answer, csv);
        Coverage coverage = answer.coverage();
        context.header("Tributary-Complete", "" + coverage.isComplete());
        context.header("Tributary-Provisional", "" + coverage.provisional());
        context.header("Tributary-Missing", "" + coverage.holes().size());
        coverage.approximate().ifPresent(reason -> context.header("Tributary-Approximate", reason));
        AnswerJson.cut(coverage).map(Instant::toString).ifPresent(cut -> context.header("Tributary-Cut", cut));
        coverage.newest().map(Instant::toString).ifPresent(newest -> context.header("Tributary-Newest", newest));
        context.header("Content-Disposition", "attachment; filename=\"%s.csv\"".formatted(view.name()));
        context.contentType("text/csv; charset=utf-8").result(csv.toByteArray());
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
