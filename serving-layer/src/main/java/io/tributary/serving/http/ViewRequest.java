package io.tributary.serving.http;

import io.javalin.http.Context;
import io.tributary.config.NearestNames;
import io.tributary.schema.ColumnType;
import io.tributary.schema.InvalidValueException;
import io.tributary.serving.AnswerFormat;
import io.tributary.view.TimeRange;
import io.tributary.view.View;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the parameters of a request. */
record ViewRequest(Context context, HttpOptions options) {
    private static final int DATE_LENGTH = 10;
    private static final Pattern UNDECODABLE = Pattern.compile("%(?!\\p{XDigit}{2})");

    /** @throws ProblemException when it has another parameter than these, or one that cannot be decoded */
    static ViewRequest of(Context context, HttpOptions options, Set<String> known) {
        String query = context.queryString();
        if (query != null && UNDECODABLE.matcher(query).find()) {
            throw new ProblemException(400, "Invalid query: %s (write a %% as %%25)".formatted(query));
        }
        for (String name : context.queryParamMap().keySet()) {
            if (!name.isEmpty() && !known.contains(name)) {
                throw new ProblemException(
                        400,
                        "Invalid parameter: %s (must be one of %s)"
                                .formatted(name, String.join(", ", new TreeSet<>(known))),
                        NearestNames.of(name, known));
            }
        }
        return new ViewRequest(context, options);
    }

    /** The range of event time that was named, or all of time. */
    TimeRange range() {
        String from = context.queryParam("from");
        String to = context.queryParam("to");
        if (from == null && to == null) {
            return TimeRange.all();
        }
        if (from == null || to == null) {
            throw new ProblemException(
                    400,
                    "Invalid range: only '%s' is given (give both from and to, or none)"
                            .formatted(from == null ? "to" : "from"));
        }
        LocalDateTime start = time("from", from);
        LocalDateTime end = time("to", to);
        if (!start.isBefore(end)) {
            throw new ProblemException(
                    400,
                    "Invalid range: %s to %s (to is the first moment after it, so it must be later)"
                            .formatted(from, to));
        }
        if (Duration.between(start, end).compareTo(options.maxRange()) > 0) {
            throw new ProblemException(
                    400, "Invalid range: %s to %s (must be at most %s long)".formatted(from, to, options.maxRange()));
        }
        return new TimeRange(start, end);
    }

    /** The range for a view, which must have windows when one was named. */
    TimeRange rangeOf(View<?> view) {
        TimeRange range = range();
        if (!range.equals(TimeRange.all()) && view.window().eventTime().isEmpty()) {
            throw new ProblemException(
                    400, "Cannot read view %s from and to: it has no windows (leave both out)".formatted(view.name()));
        }
        return range;
    }

    private static LocalDateTime time(String parameter, String text) {
        try {
            return text.length() == DATE_LENGTH
                    ? ColumnType.date().parse(text).atStartOfDay()
                    : ColumnType.dateTime().parse(text);
        } catch (InvalidValueException e) {
            throw new ProblemException(
                    400,
                    "Invalid %s: %s (must be a day or a time, such as 2015-01-02 or 2015-01-02T20:00:00)"
                            .formatted(parameter, text));
        }
    }

    AnswerFormat format() {
        String format = context.queryParam("format");
        if (format == null) {
            return AnswerFormat.JSON;
        }
        for (AnswerFormat known : AnswerFormat.values()) {
            if (known.name().toLowerCase(Locale.ROOT).equals(format)) {
                return known;
            }
        }
        throw new ProblemException(400, "Invalid format: %s (must be json or csv)".formatted(format));
    }

    /** What a live stream of one view shows. */
    Selection selection(View<?> view) {
        String mode = context.queryParam("mode");
        return selection(view, mode == null ? "update" : mode, context.queryParam("last"), rangeOf(view));
    }

    /** What a stream of several views shows of one of them; the range is for those that have windows. */
    Selection selection(View<?> view, String mode, @Nullable String last) {
        TimeRange range = view.window().eventTime().isPresent() ? range() : TimeRange.all();
        return selection(view, mode, last, range);
    }

    private static Selection selection(View<?> view, String mode, @Nullable String last, TimeRange range) {
        Mode parsed = Mode.parse(mode);
        parsed.check(view);
        Selection selection = new Selection(parsed, range, last == null ? 0 : number(last));
        if (selection.last() > 0 && view.window().eventTime().isEmpty()) {
            throw new ProblemException(
                    400,
                    "Cannot show the last %s windows of view %s: it has no windows (leave it out)"
                            .formatted(last, view.name()));
        }
        return selection;
    }

    private static int number(String last) {
        try {
            return Integer.parseInt(last);
        } catch (NumberFormatException e) {
            throw new ProblemException(400, "Invalid last: %s (must be a number of windows)".formatted(last));
        }
    }
}
