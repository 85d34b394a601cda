package io.tributary.examples.command;

import io.tributary.examples.lab.LabTable;
import io.tributary.serving.Answer;
import io.tributary.serving.AnswerFormat;
import java.io.IOException;
import java.util.Locale;
import picocli.CommandLine.Option;

/** How an answer is printed to standard output; its coverage goes to standard error. */
final class FormatOption {
    @Option(
            names = "--format",
            defaultValue = "table",
            description = "How to print the rows: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private Format format = Format.TABLE;

    /** How rows are printed. */
    enum Format {
        TABLE,
        CSV,
        JSON;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    void print(Answer answer) throws IOException {
        System.err.printf("%,d rows; %s%n", answer.rows().size(), answer.coverage());
        print(LabTable.of(answer));
    }

    void print(LabTable table) throws IOException {
        switch (format) {
            case TABLE -> TextTable.of(table, Integer.MAX_VALUE).print(System.out);
            case CSV -> AnswerFormat.CSV.write(table.columns(), table.rows(), System.out);
            case JSON -> AnswerFormat.JSON.write(table.columns(), table.rows(), System.out);
        }
    }
}
