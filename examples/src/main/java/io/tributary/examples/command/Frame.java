package io.tributary.examples.command;

import io.tributary.examples.lab.LabTable;
import io.tributary.serving.Answer;
import java.util.List;

/**
 * What a watched view looks like at a moment.
 *
 * @param head the lines of the column names and their rule
 * @param rows a line each
 * @param footer how far it is
 * @param coverage what it covers
 */
record Frame(String title, List<String> head, List<String> rows, String footer, String coverage, boolean complete) {
    private static final int LINES_OF_HEAD = 2;

    /** The rows of an answer: the newest of a view with windows, else the first. */
    static Frame of(String title, Answer answer, boolean windowed, int most, String progress) {
        LabTable all = LabTable.of(answer);
        int from = windowed ? Math.max(0, all.rows().size() - most) : 0;
        LabTable shown =
                new LabTable(all.columns(), all.rows().subList(from, all.rows().size()));
        List<String> lines = TextTable.of(shown, most).lines();
        int hidden = all.rows().size() - (lines.size() - LINES_OF_HEAD);
        return new Frame(
                title,
                lines.subList(0, LINES_OF_HEAD),
                lines.subList(LINES_OF_HEAD, lines.size()),
                "%s · %,d rows not shown".formatted(progress, hidden),
                answer.coverage().toString(),
                answer.coverage().isComplete());
    }
}
