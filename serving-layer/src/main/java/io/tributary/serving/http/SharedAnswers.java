package io.tributary.serving.http;

import com.github.benmanes.caffeine.cache.CacheLoader;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.javalin.http.Context;
import io.tributary.schema.ColumnType;
import io.tributary.serving.Answer;
import io.tributary.serving.AnswerFormat;
import io.tributary.serving.Coverage;
import io.tributary.serving.LambdaView;
import io.tributary.view.Row;
import io.tributary.view.TimeRange;
import io.tributary.view.View;
import io.tributary.view.ViewColumn;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Answers as they are sent, shared by those who ask the same, so that a crowd costs a store no more than one caller
 * does. One that is older than the refresh interval is made anew in the background by the first who asks; one that is
 * twice as old is not given any more, so that who asks then waits, with all who ask meanwhile. They share a failure,
 * too, for one refresh interval; one in the background leaves the answer that there is.
 */
final class SharedAnswers {
    private static final long MOST_BYTES = 64L << 20;
    private static final int BYTES_OF_FAILURE = 4 << 10;

    private final HttpOptions options;
    private final ServerMetrics metrics;
    private final LoadingCache<Question, Outcome> outcomes;

    /** What is asked. */
    record Question(LambdaView<?> view, TimeRange range, AnswerFormat format) {}

    /** What comes of a question. */
    private sealed interface Outcome {
        Sent sent();

        int bytes();

        /** How many refresh intervals it is kept. */
        int intervals();
    }

    private record Failed(ProblemException why) implements Outcome {
        @Override
        public Sent sent() {
            throw why;
        }

        @Override
        public int bytes() {
            return BYTES_OF_FAILURE;
        }

        @Override
        public int intervals() {
            return 1;
        }
    }

    /** What is sent. */
    static final class Sent implements Outcome {
        private final String contentType;
        private final Map<String, String> headers;
        private final byte[] body;

        private Sent(String contentType, Map<String, String> headers, byte[] body) {
            this.contentType = contentType;
            this.headers = headers;
            this.body = body;
        }

        void to(Context context) {
            headers.forEach(context::header);
            context.contentType(contentType).result(body);
        }

        @Override
        public Sent sent() {
            return this;
        }

        @Override
        public int bytes() {
            return body.length;
        }

        @Override
        public int intervals() {
            return 2;
        }
    }

    private final class Maker implements CacheLoader<Question, Outcome> {
        @Override
        public Outcome load(Question question) {
            try {
                return make(question);
            } catch (ProblemException e) {
                return new Failed(e);
            } catch (RuntimeException e) {
                return new Failed(ProblemException.ofFailure(
                        "view " + question.view().view().name(), e));
            }
        }

        @Override
        public Outcome reload(Question question, Outcome old) {
            return make(question);
        }
    }

    SharedAnswers(HttpOptions options, ServerMetrics metrics) {
        this.options = options;
        this.metrics = metrics;
        this.outcomes = Caffeine.newBuilder()
                .refreshAfterWrite(options.refreshInterval())
                .expireAfter(Expiry.writing((Question question, Outcome outcome) ->
                        options.refreshInterval().multipliedBy(outcome.intervals())))
                .maximumWeight(MOST_BYTES)
                .weigher((Question question, Outcome outcome) -> outcome.bytes())
                .build(new Maker());
    }

    /**
     * The answer as it is now, or was at most two refresh intervals ago.
     *
     * @throws ProblemException when it cannot be made, or could not be at most one ago
     */
    Sent to(Question question) {
        return outcomes.get(question).sent();
    }

    private Sent make(Question question) {
        View<?> view = question.view().view();
        Answer answer = metrics.read(question.view(), question.range());
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
        return switch (question.format()) {
            case CSV -> csv(view, answer);
            case JSON -> json(view, answer);
        };
    }

    private static Sent json(View<?> view, Answer answer) {
        byte[] body = AnswerJson.object(json -> {
            json.writeStringField("view", view.name());
            AnswerJson.columns(view, json);
            AnswerJson.rows(view, answer.rows(), json);
            AnswerJson.origins(answer.origins(), json);
            if (view.isRollup()) {
                AnswerJson.grouping(answer.rows(), json);
            }
            AnswerJson.coverage(answer.coverage(), json);
        });
        return new Sent("application/json", Map.of(), body);
    }

    private static Sent csv(View<?> view, Answer answer) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        try {
            if (view.isRollup()) {
                writeRollup(answer, body);
            } else {
                AnswerFormat.CSV.write(answer, body);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Coverage coverage = answer.coverage();
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Tributary-Complete", "" + coverage.isComplete());
        headers.put("Tributary-Provisional", "" + coverage.provisional());
        headers.put("Tributary-Missing", "" + coverage.holes().size());
        coverage.approximate().ifPresent(reason -> headers.put("Tributary-Approximate", reason));
        AnswerJson.cut(coverage).map(Instant::toString).ifPresent(cut -> headers.put("Tributary-Cut", cut));
        coverage.newest().map(Instant::toString).ifPresent(newest -> headers.put("Tributary-Newest", newest));
        headers.put("Content-Disposition", "attachment; filename=\"%s.csv\"".formatted(view.name()));
        return new Sent("text/csv; charset=utf-8", headers, body.toByteArray());
    }

    private static void writeRollup(Answer answer, OutputStream out) throws IOException {
        List<ViewColumn> columns = new ArrayList<>(answer.columns());
        columns.add(new ViewColumn("grouping", ColumnType.longInteger()));
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (Row row : answer.rows()) {
            List<@Nullable Object> values = new ArrayList<>(row.values());
            values.add(AnswerJson.grouping(row));
            rows.add(values);
        }
        AnswerFormat.CSV.write(columns, rows, out);
    }
}
