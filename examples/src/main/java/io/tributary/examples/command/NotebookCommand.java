package io.tributary.examples.command;

import io.tributary.examples.lab.Lab;
import io.tributary.examples.lab.LabSql;
import io.tributary.speed.sql.TableStart;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "notebook",
        description = {
            "Print a lab for a notebook of Amazon's managed Flink: the table over the stream, and the statement.",
            "Runs nothing."
        })
final class NotebookCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", paramLabel = "N", description = "1 to 8, 6-to-files or 8-no-tobacco.")
    private String number = "";

    @Option(names = "--stream-name", required = true, paramLabel = "S", description = "The stream of orders.")
    private String stream = "";

    @Option(
            names = "--region-name",
            paramLabel = "REGION",
            defaultValue = "ap-northeast-2",
            description = "The region of the stream (default: ${DEFAULT-VALUE}).")
    private String region = "";

    @Option(
            names = "--from",
            defaultValue = "LATEST",
            description = "Where in the stream to begin: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private TableStart start = TableStart.LATEST;

    @Option(
            names = "--bucket",
            paramLabel = "NAME",
            defaultValue = "hist-streaming-lab",
            description =
                    "The bucket into which lab 6-to-files writes: give one of yours (default: ${DEFAULT-VALUE}, that of the workshop).")
    private String bucket = "";

    @Override
    public Integer call() {
        String summaries = "s3a://%s/data/summary".formatted(bucket);
        Usage.checked(spec, () -> LabSql.notebook(Lab.numbered(number), stream, region, start, summaries))
                .forEach(statement -> System.out.println(statement + ";\n"));
        return 0;
    }
}
