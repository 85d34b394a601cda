package io.tributary.examples.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tributary.batch.query.Query;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class CreateTableCommandTest {
    private static List<Query> statements(String... arguments) {
        CreateTableCommand command = new CreateTableCommand();
        new CommandLine(command).parseArgs(arguments);
        return command.statements();
    }

    @Test
    void createsTheTableAndFindsItsPartitions() {
        assertThat(statements("--database", "de_enhancement_db_blee", "--bucket", "hist-streaming-lab-blee"))
                .extracting(Query::sql)
                .satisfiesExactly(
                        create -> assertThat(create)
                                .startsWith("CREATE EXTERNAL TABLE `de_enhancement_db_blee`.`transaction_order`(")
                                .endsWith("'s3://hist-streaming-lab-blee/data/stream_data'"),
                        repair -> assertThat(repair)
                                .isEqualTo("MSCK REPAIR TABLE `de_enhancement_db_blee`.`transaction_order`"));
    }

    @Test
    void computedPartitionsNeedNoSearch() {
        assertThat(statements(
                        "--database", "db", "--table", "t", "--bucket", "lake", "--projection-years", "2023", "2033"))
                .extracting(Query::sql)
                .singleElement()
                .asString()
                .contains("'projection.year.range' = '2023,2033'");
    }

    @Test
    void computedPartitionsAreNotAddedToo() {
        Captured captured = Captured.run(
                "create-table --dry-run --database db --bucket lake --partitions add --projection-years 2023 2033"
                        .split(" "));
        assertThat(captured.code()).isEqualTo(2);
        assertThat(captured.text())
                .contains("Cannot use --projection-years with --partitions add (give --partitions projection)");
    }

    @Test
    void aNameThatIsNoneIsWrongUsage() {
        assertThatExceptionOfType(CommandLine.ParameterException.class)
                .isThrownBy(() -> statements("--database", "a`b", "--bucket", "lake"))
                .withMessageStartingWith("Invalid database name: a`b");
        assertThatExceptionOfType(CommandLine.ParameterException.class)
                .isThrownBy(() -> statements("--database", "db", "--bucket", "A/b"))
                .withMessageStartingWith("Invalid bucket name: A/b");
        assertThatExceptionOfType(CommandLine.ParameterException.class)
                .isThrownBy(() -> statements("--database", "db", "--bucket", "lake", "--projection-years", "2023"));
    }
}
