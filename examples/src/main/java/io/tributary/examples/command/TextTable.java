package io.tributary.examples.command;

import io.tributary.examples.lab.LabTable;
import io.tributary.schema.ColumnType.JsonKind;
import io.tributary.serving.Answer;
import io.tributary.view.ViewColumn;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jline.utils.WCWidth;
import org.jspecify.annotations.Nullable;

/** A table for people: columns as wide as their longest text, where Korean letters take two places; numbers to the right. */
record TextTable(List<String> header, List<Boolean> numeric, List<List<String>> rows) {
    private static final Pattern CONTROLS = Pattern.compile("[\\x00-\\x1f\\x7f-\\x9f]");

    static TextTable of(List<String> header, List<List<String>> rows) {
        return new TextTable(header, header.stream().map(column -> false).toList(), rows);
    }

    /** The first rows of an answer, amounts with separators. */
    static TextTable of(Answer answer, int limit) {
        return of(LabTable.of(answer), limit);
    }

    /** The first rows of a table, amounts with separators. */
    static TextTable of(LabTable table, int limit) {
        List<Boolean> numeric = table.columns().stream()
                .map(column -> column.type().isExactNumber())
                .toList();
        List<List<String>> rows = table.rows().stream()
                .limit(limit)
                .map(row -> cells(table.texts(row), table.columns()))
                .toList();
        return new TextTable(table.columns().stream().map(ViewColumn::name).toList(), numeric, rows);
    }

    private static List<String> cells(List<@Nullable String> texts, List<ViewColumn> columns) {
        List<String> cells = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            String text = texts.get(i);
            boolean number = columns.get(i).type().jsonKind() == JsonKind.NUMBER;
            cells.add(text == null ? "" : number ? grouped(text) : shown(text));
        }
        return cells;
    }

    private static String grouped(String number) {
        DecimalFormat format = new DecimalFormat("#,##0.######", DecimalFormatSymbols.getInstance(Locale.ROOT));
        return format.format(new BigDecimal(number));
    }

    /** Control characters of a product's name must not steer the terminal. */
    static String shown(String text) {
        return CONTROLS.matcher(text).replaceAll("\uFFFD");
    }

    /** The first row as a line for each column. */
    void printUpright(PrintStream out) {
        int widest = header.stream().mapToInt(TextTable::width).max().orElse(0);
        for (int i = 0; i < header.size(); i++) {
            String padding = " ".repeat(widest - width(header.get(i)));
            out.println(header.get(i) + padding + " : "
                    + (rows.isEmpty() ? "" : rows.get(0).get(i)));
        }
    }

    /** Tells how many rows were not printed, if any. */
    static void printRest(int more, PrintStream out) {
        if (more > 0) {
            out.printf("… and %,d more rows%n", more);
        }
    }

    void print(PrintStream out) {
        lines().forEach(out::println);
    }

    /** The names of the columns, a rule, and the rows. */
    List<String> lines() {
        int[] widths = new int[header.size()];
        for (int i = 0; i < widths.length; i++) {
            int column = i;
            widths[i] = rows.stream().mapToInt(row -> width(row.get(column))).reduce(width(header.get(i)), Math::max);
        }
        List<String> lines = new ArrayList<>();
        lines.add(line(header, widths));
        List<String> rule = new ArrayList<>();
        for (int width : widths) {
            rule.add("-".repeat(width));
        }
        lines.add(String.join("  ", rule));
        rows.forEach(row -> lines.add(line(row, widths)));
        return lines;
    }

    private String line(List<String> cells, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < cells.size(); i++) {
            String padding = " ".repeat(widths[i] - width(cells.get(i)));
            line.append(i == 0 ? "" : "  ");
            line.append(numeric.get(i) ? padding + cells.get(i) : cells.get(i) + padding);
        }
        return line.toString().stripTrailing();
    }

    private static int width(String text) {
        return text.codePoints()
                .map(point -> Math.max(0, WCWidth.wcwidth(point)))
                .sum();
    }
}
