package io.tributary.batch.testing;

import io.tributary.batch.query.EngineTally;
import io.tributary.batch.query.Query;
import io.tributary.batch.query.QueryEngine;
import io.tributary.batch.query.QueryException;
import io.tributary.batch.query.QueryResult;
import io.tributary.testing.AwkwardTexts;
import io.tributary.testing.Contract;
import io.tributary.testing.Contract.Promise;
import io.tributary.testing.Expect;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What every {@link QueryEngine} promises: values come as texts and parameters go as values, whatever is in them; a
 * refusal is a {@link QueryException}; what was done is counted. Statements without a table are run, in the SQL that
 * Athena and DuckDB share.
 */
public final class QueryEngineContract {
    /** More than a page of Athena's results. */
    private static final int ROWS = 3_000;
    /** What Athena takes as a parameter, quotes doubled, is bounded by 1,024 characters. */
    private static final int MOST_CHARS = 400;

    private static final String REFUSED = "select nothing\nfrom nowhere_at_all";

    private final QueryEngine engine;

    private QueryEngineContract(QueryEngine engine) {
        this.engine = engine;
    }

    /** The contract of an engine, which is left open. Nothing else may be run on it meanwhile. */
    public static Contract of(QueryEngine engine) {
        QueryEngineContract promises = new QueryEngineContract(engine);
        return new Contract(
                "query engine",
                List.of(
                        new Promise("gives each value as a text, and null for NULL", promises::givesTexts),
                        new Promise("tells rows from the names of columns", promises::tellsRowsFromNames),
                        new Promise("gives all rows in their order", promises::givesAllRows),
                        new Promise("takes texts as values, whatever is in them", promises::takesTexts),
                        new Promise("takes numbers as values", promises::takesNumbers),
                        new Promise("goes on after a statement that it refuses", promises::goesOnAfterARefusal),
                        new Promise("counts what it has done", promises::counts),
                        new Promise("serves several threads", promises::servesSeveralThreads)));
    }

    private List<List<@Nullable String>> rows(String sql, Object... parameters) {
        return engine.run(Query.of(sql, parameters)).rows();
    }

    private void givesTexts() {
        QueryResult result = engine.run(Query.of("select 1 as whole, cast(null as varchar) as missing, '담배' as word,"
                + " '' as nothing, cast(-1.5 as decimal(18, 2)) as exact, 5000000000 as large, 1 = 1 as yes,"
                + " date '2015-01-02' as day"));
        Expect.equal(
                "names of columns",
                result.columns(),
                List.of("whole", "missing", "word", "nothing", "exact", "large", "yes", "day"));
        Expect.equal(
                "rows",
                result.rows(),
                List.of(Arrays.asList("1", null, "담배", "", "-1.50", "5000000000", "true", "2015-01-02")));
    }

    private void tellsRowsFromNames() {
        QueryResult none = engine.run(Query.of("select 1 as a where 1 = 0"));
        Expect.equal("names of columns without a row", none.columns(), List.of("a"));
        Expect.equal("rows of a query that finds none", none.rows(), List.of());
        Expect.equal("row that is as the names", rows("select 'a' as a, 'b' as b"), List.of(List.of("a", "b")));
    }

    private void givesAllRows() {
        String digits =
                IntStream.range(0, 10).mapToObj(i -> "(" + i + ")").collect(Collectors.joining(", ", "(values ", ")"));
        String sql = "select a.i * 1000 + b.i * 100 + c.i * 10 + d.i as n from " + digits + " as a(i) cross join "
                + digits + " as b(i) cross join " + digits + " as c(i) cross join " + digits
                + " as d(i) where a.i * 1000 < ? order by n desc";
        List<List<String>> expected = IntStream.range(0, ROWS)
                .mapToObj(i -> List.of(String.valueOf(ROWS - 1 - i)))
                .toList();
        Expect.equal("rows", rows(sql, ROWS), expected);
    }

    private void takesTexts() {
        List<String> texts = AwkwardTexts.all().stream()
                .filter(text -> text.length() <= MOST_CHARS)
                .toList();
        String marks =
                IntStream.range(0, texts.size()).mapToObj(i -> "? as c" + i).collect(Collectors.joining(", "));
        Expect.equal("texts", rows("select " + marks, texts.toArray()).get(0), texts);
        String evil = "' or 1 = 1 --";
        Expect.equal("rows that are equal to it", rows("select 1 as a where 'a' = ?", evil), List.of());
    }

    private void takesNumbers() {
        Expect.equal(
                "numbers",
                rows("select ? as a, ? as b, ? as c, ? + 1 as d", 5_000_000_000L, -3, new BigDecimal("-1.50"), 41),
                List.of(List.of("5000000000", "-3", "-1.50", "42")));
    }

    private void goesOnAfterARefusal() {
        QueryException refusal =
                Expect.thrown(QueryException.class, "a statement on a table that is none", () -> rows(REFUSED));
        Expect.equal("statement of an exception", refusal.sql(), REFUSED);
        String message = String.valueOf(refusal.getMessage());
        Expect.that(!message.contains("\n"), "message of an exception", message, "one line");
        Expect.equal("rows after a refusal", rows("select 1 as a"), List.of(List.of("1")));
    }

    private void counts() {
        EngineTally before = engine.tally();
        rows("select 1 as a");
        Expect.thrown(QueryException.class, "a statement on a table that is none", () -> rows(REFUSED));
        EngineTally after = engine.tally();
        Expect.equal("number of statements", after.queries() - before.queries(), 2L);
        Expect.equal("number of failed statements", after.failed() - before.failed(), 1L);
        Expect.that(
                after.took().compareTo(before.took()) > 0,
                "time that statements took",
                after.took(),
                "longer than " + before.took());
    }

    private void servesSeveralThreads() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<List<List<@Nullable String>>>> results = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                String text = "text " + i;
                results.add(threads.submit(() -> rows("select ? as a", text)));
            }
            for (int i = 0; i < results.size(); i++) {
                Expect.equal("rows of a thread", results.get(i).get(), List.of(List.of("text " + i)));
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
