package io.tributary.batch.testing;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tributary.batch.query.Dialect;
import io.tributary.batch.query.DuckDbEngine;
import io.tributary.batch.query.EngineTally;
import io.tributary.batch.query.Query;
import io.tributary.batch.query.QueryEngine;
import io.tributary.batch.query.QueryResult;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** An engine that is wrong breaks the promises that it is wrong about. */
class QueryEngineContractTest {
    /** Takes NULL for an empty text, gives at most a thousand rows, and counts nothing. */
    private record Careless(QueryEngine engine) implements QueryEngine {
        @Override
        public Dialect dialect() {
            return engine.dialect();
        }

        @Override
        public QueryResult run(Query query) {
            QueryResult result = engine.run(query);
            return new QueryResult(
                    result.columns(),
                    result.rows().stream()
                            .limit(1_000)
                            .map(row -> row.stream()
                                    .map(text -> Objects.requireNonNullElse(text, ""))
                                    .toList())
                            .toList());
        }

        @Override
        public EngineTally tally() {
            return new EngineTally(0, 0, Duration.ZERO, 0, 0);
        }

        @Override
        public void close() {
            engine.close();
        }
    }

    @Test
    void aCarelessEngineIsFound() {
        try (QueryEngine engine = new Careless(DuckDbEngine.start())) {
            assertThatExceptionOfType(AssertionError.class)
                    .isThrownBy(() -> QueryEngineContract.of(engine).check())
                    .withMessageStartingWith("Invalid query engine: 3 of 8 promises are broken")
                    .withMessageContainingAll(
                            "gives each value as a text, and null for NULL",
                            "gives all rows in their order",
                            "counts what it has done: Invalid number of statements: 0 (must be 2)");
        }
    }
}
