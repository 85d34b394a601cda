package io.tributary.view;

import io.tributary.schema.Column;
import io.tributary.schema.ColumnType;
import io.tributary.schema.Schema;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A question about records, described once: dimensions, mergeable measures and a window, optionally a
 * rollup, a having condition and an order. Both layers and the serving layer are compiled from it.
 *
 * <p>A view is made of slices: {@link #slicer()} turns records into partials, {@link #rows} turns
 * merged partials into rows, and nothing else gives windows, rollups and rankings their meaning.
 *
 * @param <R> the record
 */
public final class View<R> implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String name;
    private final Schema<R> schema;
    private final List<Column<R, ?>> dimensions;
    private final Map<String, Measure<R, ?>> measures;
    private final Window<R> window;
    private final boolean rollup;
    private final @Nullable Condition having;
    private final @Nullable String descendingBy;
    private final int top;
    private final List<Aggregate<R, ?>> aggregates;
    private transient volatile @Nullable Assembler<R> assembler;
    private transient volatile @Nullable String digest;

    View(ViewBuilder<R> builder) {
        this.name = builder.name;
        this.schema = builder.schema;
        this.dimensions = List.copyOf(builder.dimensions);
        this.measures = new LinkedHashMap<>(builder.measures);
        this.window = builder.window;
        this.rollup = builder.rollup;
        this.having = builder.having;
        this.descendingBy = builder.descendingBy;
        this.top = builder.top;
        Set<Aggregate<R, ?>> distinct = new LinkedHashSet<>();
        measures.values().forEach(measure -> distinct.addAll(measure.aggregates()));
        this.aggregates = List.copyOf(distinct);
    }

    /** Begins the description of a view. */
    public static Named named(String name) {
        return new Named(name);
    }

    /** A view that lacks its record. */
    public record Named(String name) {
        public <R> ViewBuilder<R> over(Schema<R> schema) {
            return new ViewBuilder<>(name, schema);
        }
    }

    public String name() {
        return name;
    }

    public Schema<R> schema() {
        return schema;
    }

    public List<Column<R, ?>> dimensions() {
        return dimensions;
    }

    /** The measures by the names of their columns, in order. */
    public Map<String, Measure<R, ?>> measures() {
        return new LinkedHashMap<>(measures);
    }

    public Window<R> window() {
        return window;
    }

    /** Whether there are totals over the last dimension, the last two, and so on to all. */
    public boolean isRollup() {
        return rollup;
    }

    public Optional<Condition> having() {
        return Optional.ofNullable(having);
    }

    /** The measure by which rows are ranked or ordered, greatest first. */
    public Optional<String> descendingBy() {
        return Optional.ofNullable(descendingBy);
    }

    /** How many rows of each window are kept. */
    public OptionalInt top() {
        return top == 0 ? OptionalInt.empty() : OptionalInt.of(top);
    }

    /** The distinct aggregates of all measures: what a partial is made of, in order. */
    public List<Aggregate<R, ?>> aggregates() {
        return aggregates;
    }

    /** The columns of the rows: the window's bounds, the dimensions, the measures and the rank, as far as there are. */
    public List<ViewColumn> columns() {
        List<ViewColumn> columns = new ArrayList<>(unrankedColumns());
        if (top > 0) {
            columns.add(new ViewColumn(ViewBuilder.RANK, ColumnType.integer()));
        }
        return List.copyOf(columns);
    }

    List<ViewColumn> unrankedColumns() {
        List<ViewColumn> columns = new ArrayList<>();
        if (window.eventTime().isPresent()) {
            columns.add(new ViewColumn(ViewBuilder.WINDOW_START, ColumnType.dateTime()));
            columns.add(new ViewColumn(ViewBuilder.WINDOW_END, ColumnType.dateTime()));
        }
        dimensions.forEach(column -> columns.add(new ViewColumn(column.name(), column.type())));
        measures.forEach((column, measure) -> columns.add(new ViewColumn(column, measure.type())));
        return columns;
    }

    /** Turns records into partials. */
    public Slicer<R> slicer() {
        return new Slicer<>(this);
    }

    /** An empty collection of this view's slices. */
    public Slices<R> slices() {
        return new Slices<>(slicer());
    }

    /** Writes and reads this view's slices. */
    public SliceCodec<R> codec() {
        return new SliceCodec<>(this);
    }

    /** The rows of all windows that the slices make, in the view's order. */
    public List<Row> rows(Collection<SlicePartial> slices) {
        return rows(slices, TimeRange.all());
    }

    /**
     * The rows of the windows that lie in a range. Slices of the same key are merged; the given partials stay as they are.
     *
     * @throws IllegalArgumentException when the view has no windows and the range is not all of time
     */
    public List<Row> rows(Collection<SlicePartial> slices, TimeRange range) {
        return assembler().rows(slices, range);
    }

    /**
     * Likewise the rows of the slices of two layers, each with the layers that it is made of.
     *
     * @throws IllegalArgumentException when the view has no windows and the range is not all of time
     */
    public void forEachRow(
            Collection<SlicePartial> batch,
            Collection<SlicePartial> speed,
            TimeRange range,
            BiConsumer<Row, Origin> rows) {
        assembler().forEachRow(batch, speed, range, rows);
    }

    /**
     * The rows of one window, of which all partials are given.
     *
     * @param window null in a view without windows
     * @param partials one for each combination of dimensions, merged over the window's slices; they stay as they are
     */
    public List<Row> windowRows(@Nullable TimeRange window, Map<List<@Nullable Object>, Partial> partials) {
        return assembler().windowRows(window, partials);
    }

    /** The order of this view's rows: by window, then as {@link #rows} gives them. */
    public Comparator<Row> order() {
        return assembler().order();
    }

    private Assembler<R> assembler() {
        Assembler<R> known = assembler;
        if (known == null) {
            known = new Assembler<>(this);
            assembler = known;
        }
        return known;
    }

    /** The whole description as a text, but for the types of the columns. */
    public String definition() {
        StringBuilder text = new StringBuilder();
        text.append("view ").append(name).append(" over ").append(schema.name());
        text.append(" window ").append(window);
        text.append(rollup ? " rollup " : " group by ").append(dimensions);
        text.append(" measures ").append(measures);
        measures.values().stream()
                .filter(measure -> !measure.isNamedByAggregate())
                .forEach(measure ->
                        text.append(" of ").append(measure).append(' ').append(measure.aggregates()));
        if (having != null) {
            text.append(" having ").append(having);
        }
        if (descendingBy != null) {
            text.append(" descending by ").append(descendingBy);
        }
        if (top > 0) {
            text.append(" top ").append(top);
        }
        return text.toString();
    }

    /** The digest of the definition and of the types of the columns in it. */
    public String definitionDigest() {
        String known = digest;
        if (known == null) {
            known = digest();
            digest = known;
        }
        return known;
    }

    private String digest() {
        StringBuilder text = new StringBuilder(definition());
        Set<Column<R, ?>> read = new LinkedHashSet<>(dimensions);
        aggregates.forEach(aggregate -> read.addAll(aggregate.columns()));
        window.eventTime().ifPresent(time -> read.add(time.column()));
        read.forEach(column -> text.append('\n')
                .append(column.name())
                .append(' ')
                .append(column.type().hiveType())
                .append(' ')
                .append(column.type().javaType().getSimpleName()));
        return Digest.of(text.toString());
    }

    @Override
    public String toString() {
        return definition();
    }
}
