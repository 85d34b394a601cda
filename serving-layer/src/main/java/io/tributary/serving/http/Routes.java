package io.tributary.serving.http;

import io.javalin.Javalin;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HttpResponseException;
import io.javalin.http.MethodNotAllowedResponse;
import io.tributary.serving.LambdaView;
import java.util.Set;
import java.util.function.Function;
import org.eclipse.jetty.http.HttpStatus;

/** What a server answers to which path. */
final class Routes {
    private static final String STARTED = "tributary.started";
    private static final String LIVE = "/live";
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
        answer(javalin, "/health", this::health);
        answer(
                javalin,
                "/metrics",
                context -> context.contentType("text/plain; version=0.0.4; charset=utf-8")
                        .result(metrics.scrape()));
        answer(javalin, "/api/views", this::list);
        answer(javalin, "/api/views/{name}", this::read);
        stream(
                javalin,
                "/api/views/{name}/live",
                context -> feeds.one(
                        context.pathParam("name"),
                        ViewRequest.of(context, options, Set.of("from", "to", "mode", "last"))));
        stream(
                javalin,
                "/api/live",
                context -> feeds.several(ViewRequest.of(context, options, Set.of("from", "to", "show"))));
        stream(javalin, "/api/records/live", context -> feeds.records());
        javalin.exception(ProblemException.class, Routes::write);
        javalin.exception(HttpResponseException.class, (problem, context) -> {
            if (problem.getStatus() == HttpStatus.METHOD_NOT_ALLOWED_405) {
                context.header("Allow", context.path().endsWith(LIVE) ? "GET" : "GET, HEAD");
            }
            String asked = asked(context);
            write(new ProblemException(problem.getStatus(), "Cannot answer " + asked), context);
        });
        javalin.exception(
                Exception.class,
                (failure, context) -> write(ProblemException.ofFailure(asked(context), failure), context));
        javalin.after(this::time);
    }

    /** Javalin itself would answer any HEAD of it with an empty 200. */
    private static void answer(Javalin javalin, String path, Handler handler) {
        javalin.get(path, handler);
        javalin.head(path, handler);
    }

    private void stream(Javalin javalin, String path, Function<Context, LiveStreams.Sources> sources) {
        javalin.get(path, context -> streams.send(context.res(), sources.apply(context)));
        javalin.head(path, context -> {
            throw new MethodNotAllowedResponse();
        });
    }

    private static String asked(Context context) {
        return "%s %s".formatted(context.method(), context.path());
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
        ViewRequest request = ViewRequest.of(context, options, Set.of("from", "to", "format"));
        answers.to(new SharedAnswers.Question(found, request.rangeOf(found.view()), request.format()))
                .to(context);
    }

    private static void write(ProblemException problem, Context context) {
        int status = problem.status();
        context.status(status).contentType(PROBLEM).result(AnswerJson.object(json -> {
            json.writeStringField("type", "about:blank");
            json.writeStringField("title", HttpStatus.getMessage(status));
            json.writeNumberField("status", status);
            json.writeStringField("detail", problem.getMessage());
            json.writeStringField("instance", context.path());
            if (!problem.nearest().isEmpty()) {
                AnswerJson.texts("nearest", problem.nearest(), json);
            }
        }));
    }

    /** Streams last as long as their clients like, so they are not timed. */
    private void time(Context context) {
        Long started = context.attribute(STARTED);
        String route = context.endpointHandlerPath();
        if (started != null && !route.endsWith(LIVE)) {
            metrics.request(route, context.statusCode(), System.nanoTime() - started);
        }
    }
}
