package io.tributary.batch.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tributary.batch.testing.QueryEngineContract;
import io.tributary.testing.Promises;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DuckDbEngineTest {
    private DuckDbEngine engine;

    @BeforeAll
    void start() {
        engine = DuckDbEngine.start(
                DuckDbOptions.defaults().withMemoryBytes(128 << 20).withThreads(2));
    }

    @AfterAll
    void close() {
        engine.close();
    }

    @TestFactory
    Stream<DynamicTest> keepsTheContract() {
        return Promises.of(QueryEngineContract.of(engine));
    }

    @Test
    void returnsTexts() {
        QueryResult result = engine.run(
                Query.of(
                        "select 1 as a, cast(null as integer) as b, '담배' as c, 1.50 as d, timestamp '2015-01-02 20:45:22' || '' as e"));
        assertThat(result.columns()).containsExactly("a", "b", "c", "d", "e");
        assertThat(result.rows()).containsExactly(Arrays.asList("1", null, "담배", "1.50", "2015-01-02 20:45:22"));
    }

    @Test
    void bindsParametersAsValuesOnly() {
        String evil = "'; drop table x; --";
        assertThat(engine.run(Query.of("select ?, ?, ? + 1", evil, new BigDecimal("0.10"), 41))
                        .rows())
                .containsExactly(List.of(evil, "0.10", "42"));
    }

    @Test
    void aStatementThatIsNoQueryReturnsNoRows() {
        assertThat(engine.run(Query.of("create table made as select 1 as a"))
                        .rows()
                        .size())
                .isLessThanOrEqualTo(1);
        assertThat(engine.run(Query.of("select * from made")).rows()).containsExactly(List.of("1"));
        assertThat(engine.run(Query.of("drop table made")).rows()).isEmpty();
    }

    @Test
    void anErrorIsOneLineWithItsReason() {
        String sql = "select\n  nothing\nfrom nowhere" + " ".repeat(100);
        assertThatExceptionOfType(QueryException.class)
                .isThrownBy(() -> engine.run(Query.of(sql)))
                .withMessageStartingWith(
                        "Cannot run a query on DuckDB: Catalog Error: Table with name nowhere does not exist!")
                .withMessageEndingWith("(the query: select nothing from nowhere)")
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n").doesNotContain("LINE 1"))
                .satisfies(e -> assertThat(e.sql()).isEqualTo(sql));
        assertThatExceptionOfType(QueryException.class)
                .isThrownBy(() -> engine.run(Query.of("select cast('x' as integer)")))
                .withMessageContaining("Could not convert string 'x' to INT32");
    }

    @Test
    void keepsToItsOptionsAndLeavesNothingBehind() {
        assertThat(engine.run(Query.of("select current_setting('threads'), current_setting('memory_limit')"))
                        .rows())
                .containsExactly(List.of("2", "128.0 MiB"));
        DuckDbEngine other = DuckDbEngine.start();
        String spill = String.valueOf(other.run(Query.of("select current_setting('temp_directory')"))
                .rows()
                .get(0)
                .get(0));
        assertThat(Path.of(spill)).isDirectory();
        other.close();
        assertThat(Path.of(spill)).doesNotExist();
        assertThatExceptionOfType(QueryException.class).isThrownBy(() -> other.run(Query.of("select 1")));
    }

    @Test
    void endsWhatIsRunningWhenItIsClosed() throws Exception {
        DuckDbEngine other = DuckDbEngine.start();
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try {
            Future<QueryResult> endless = thread.submit(() -> other.run(
                    Query.of("select sum(a.i * b.i) from range(10000000) a(i) cross join range(10000000) b(i)")));
            assertThatExceptionOfType(TimeoutException.class).isThrownBy(() -> endless.get(300, TimeUnit.MILLISECONDS));
            other.close();
            assertThatExceptionOfType(ExecutionException.class)
                    .isThrownBy(() -> endless.get(10, TimeUnit.SECONDS))
                    .withCauseInstanceOf(QueryException.class);
        } finally {
            thread.shutdownNow();
        }
    }

    @Test
    void checksItsOptions() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DuckDbOptions.defaults().withMemoryBytes(1))
                .withMessage("Invalid memoryBytes: 1 (must be from 67108864 to 1099511627776)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DuckDbOptions.defaults().withThreads(0))
                .withMessage("Invalid threads: 0 (must be from 1 to 256)");
    }
}
