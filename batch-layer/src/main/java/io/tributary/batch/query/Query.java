package io.tributary.batch.query;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalLong;

/**
 * A statement with the values of its positional parameters, {@code ?}.
 *
 * @param sql one statement without a semicolon
 * @param parameters texts, integers or decimals
 * @param expectedBytes what it will read, as far as that is known before it runs
 * @param reusable whether an engine may give the result of an earlier run of the same statement, if it is told to
 */
public record Query(String sql, List<Object> parameters, OptionalLong expectedBytes, boolean reusable) {
    public Query {
        parameters = List.copyOf(parameters);
        if (expectedBytes.isPresent() && expectedBytes.getAsLong() < 0) {
            throw new IllegalArgumentException(
                    "Invalid expected bytes: %d (must not be negative)".formatted(expectedBytes.getAsLong()));
        }
    }

    public static Query of(String sql, Object... parameters) {
        return new Query(sql, List.of(parameters), OptionalLong.empty(), true);
    }

    /** The length of the statement as it is sent, in UTF-8. */
    public int sqlBytes() {
        return sql.getBytes(StandardCharsets.UTF_8).length;
    }

    /** The same query, which will read that much: an engine with a limit refuses it before it is billed. */
    public Query expecting(long bytes) {
        return new Query(sql, parameters, OptionalLong.of(bytes), reusable);
    }

    /** The same query, which has to be run: the text does not tell when what it reads has changed. */
    public Query anew() {
        return new Query(sql, parameters, expectedBytes, false);
    }
}
