package io.tributary.batch.query;

import java.util.List;

/**
 * A statement with the values of its positional parameters, {@code ?}.
 *
 * @param sql one statement without a semicolon
 * @param parameters texts, integers or decimals
 */
public record Query(String sql, List<Object> parameters) {
    public Query {
        parameters = List.copyOf(parameters);
    }

    public static Query of(String sql, Object... parameters) {
        return new Query(sql, List.of(parameters));
    }
}
