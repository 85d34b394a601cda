package io.tributary.examples.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.speed.sql.TableStart;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LabSqlTest {
    private static List<String> notebook(Lab lab, TableStart start) {
        return LabSql.notebook(lab, "orders", "eu-west-1", start, "s3a://b/data/summary");
    }

    /** The second lab of a notebook finds the tables of the first. */
    @ParameterizedTest
    @EnumSource(TableStart.class)
    void makesItsTablesAnew(TableStart start) {
        assertThat(notebook(Lab.DIVISIONS, start))
                .satisfiesExactly(
                        drop -> assertThat(drop).isEqualTo("DROP TABLE IF EXISTS `transaction_order_flink`"),
                        create -> assertThat(create)
                                .startsWith("CREATE TABLE `transaction_order_flink`(\n")
                                .contains("'scan.stream.initpos' = '%s'".formatted(start)),
                        lab -> assertThat(lab).isEqualTo(Lab.DIVISIONS.sql()));
        assertThat(notebook(Lab.CUMULATIVE_TO_FILES, start))
                .satisfiesExactly(
                        drop -> assertThat(drop).isEqualTo("DROP TABLE IF EXISTS `transaction_order_flink`"),
                        create -> assertThat(create).startsWith("CREATE TABLE `transaction_order_flink`(\n"),
                        mode -> assertThat(mode).isEqualTo("SET 'execution.checkpointing.mode' = 'EXACTLY_ONCE'"),
                        interval -> assertThat(interval).isEqualTo("SET 'execution.checkpointing.interval' = '1min'"),
                        drop -> assertThat(drop).isEqualTo("DROP TABLE IF EXISTS `timely_cumulate_sum_of_sales`"),
                        create -> assertThat(create).startsWith("CREATE TABLE `timely_cumulate_sum_of_sales`(\n"),
                        lab -> assertThat(lab).isEqualTo(Lab.CUMULATIVE_TO_FILES.sql()));
    }
}
