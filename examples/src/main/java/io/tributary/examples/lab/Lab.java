package io.tributary.examples.lab;

import io.tributary.retail.EnrichedOrder;
import io.tributary.retail.RetailViews;
import io.tributary.view.View;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** A lab of the workshop: the view that answers it, the SQL that the workshop asks it with, and how it is displayed. */
public enum Lab {
    RAW_STREAM(
            "1",
            "the raw stream",
            Display.APPEND,
            "event_time is compared to the millisecond, all that a"
                    + " watermarked table keeps; tr_time is a number in the view and a text in the SQL."),
    DIVISIONS("2", "sales and their number by division, so far", Display.UPDATE, ""),
    HOURLY_CATEGORIES("3", "sales of each hour by division and main category", Display.APPEND, ""),
    TODAY(
            "4",
            "the last order, the visitors and the sales, so far",
            Display.SINGLE,
            "The SQL counts distinct receipt numbers, which come round again on later days; visitors counts each"
                    + " receipt of each day and is not compared."),
    HOURLY("5", "sales of each hour", Display.APPEND, ""),
    CUMULATIVE("6", "sales of each day as they grow from hour to hour", Display.APPEND, ""),
    CUMULATIVE_TO_FILES(
            "6-to-files",
            "the same, which the SQL writes into files exactly once",
            Display.APPEND,
            "The SQL's rows are those that are read back from its files."),
    OVER_20000("7", "sales of each hour by division, those above 20,000", Display.APPEND, ""),
    TOP3("8", "the three divisions that sell most in each hour", Display.APPEND, Lab.TIES),
    TOP3_WITHOUT_TOBACCO("8-no-tobacco", "the same among all divisions but tobacco", Display.APPEND, Lab.TIES);

    private static final String TIES =
            "Divisions that sell the same are in the view's order by name and in any order in the SQL: they count as tied.";

    private final String number;
    private final String title;
    private final Display display;
    private final String note;

    Lab(String number, String title, Display display, String note) {
        this.number = number;
        this.title = title;
        this.display = display;
        this.note = note;
    }

    /** The lab of a number or of a variant, such as {@code 8} and {@code 8-no-tobacco}. */
    public static Lab numbered(String number) {
        return Arrays.stream(values())
                .filter(lab -> lab.number.equals(number))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("Invalid lab: %s (must be one of %s)"
                        .formatted(
                                number, Arrays.stream(values()).map(Lab::number).toList())));
    }

    /** Its number, with its variant. */
    public String number() {
        return number;
    }

    public String title() {
        return title;
    }

    public Display display() {
        return display;
    }

    /** Empty for the raw stream. */
    public Optional<View<EnrichedOrder>> view() {
        return this == CUMULATIVE_TO_FILES ? CUMULATIVE.view() : RetailViews.find("lab" + number);
    }

    /** What to know when the view and the SQL are compared; empty where there is nothing. */
    public String note() {
        return note;
    }

    /** The workshop's statement. */
    public String sql() {
        String name = "lab%s.sql".formatted(number);
        try (InputStream in = Objects.requireNonNull(Lab.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The names that the view gives to the statement's columns; empty when the statement gives the same. */
    List<String> columnsOfSql() {
        return this == TODAY ? List.of("last_tr_datetime", "distinct_receipt_num", "sum_of_mount") : List.of();
    }
}
