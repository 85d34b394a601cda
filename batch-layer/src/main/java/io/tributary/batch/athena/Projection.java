package io.tributary.batch.athena;

import io.tributary.partition.Partition;
import io.tributary.partition.PartitionColumn;
import io.tributary.partition.PartitionLayout;
import io.tributary.partition.PartitionValue;
import java.time.LocalDateTime;
import java.time.temporal.ValueRange;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Partitions that Athena computes instead of looking them up: none has to be added, and those that
 * were added are ignored. Outside of these years, Athena sees no record.
 *
 * @param firstYear 1 to 9999
 * @param lastYear firstYear to 9999
 */
public record Projection(int firstYear, int lastYear) {
    private static final int MOST_YEAR = 9999;
    private static final int YEAR_DIGITS = 4;

    public Projection {
        if (firstYear < 1 || lastYear < firstYear || lastYear > MOST_YEAR) {
            throw new IllegalArgumentException(
                    "Invalid projection: years %d to %d (must be from 1 to %d, the first not after the last)"
                            .formatted(firstYear, lastYear, MOST_YEAR));
        }
    }

    public static Projection ofYears(int firstYear, int lastYear) {
        return new Projection(firstYear, lastYear);
    }

    /** The properties of a table, in the order of its partition columns. */
    Map<String, String> properties(LakeLocation location) {
        PartitionLayout layout = location.layout();
        Partition first = at(layout, LocalDateTime.of(firstYear, 1, 1, 0, 0));
        Partition last = at(layout, LocalDateTime.of(lastYear, 12, 31, 23, 59));
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("projection.enabled", "true");
        List<PartitionColumn> columns = layout.columns();
        for (int i = 0; i < columns.size(); i++) {
            PartitionColumn column = columns.get(i);
            String prefix = "projection." + column.name() + ".";
            if (column.isInteger()) {
                properties.put(prefix + "type", "integer");
                properties.put(prefix + "range", range(column));
                properties.put(prefix + "digits", String.valueOf(column.digits()));
            } else {
                properties.put(prefix + "type", "date");
                properties.put(
                        prefix + "range",
                        "%s,%s"
                                .formatted(
                                        first.values().get(i).text(),
                                        last.values().get(i).text()));
                properties.put(prefix + "format", column.pattern());
                properties.put(prefix + "interval", "1");
                properties.put(prefix + "interval.unit", column.unit().name());
            }
        }
        properties.put("storage.location.template", template(location, first));
        return properties;
    }

    private String range(PartitionColumn column) {
        if (column.digits() == YEAR_DIGITS) {
            return firstYear + "," + lastYear;
        }
        ValueRange range = column.range().orElseThrow();
        return range.getMinimum() + "," + range.getMaximum();
    }

    private static Partition at(PartitionLayout layout, LocalDateTime time) {
        return layout.partitionOf(time.atZone(layout.zone()).toInstant());
    }

    /** The path of partitions with the columns' names in the place of their values. */
    private static String template(LakeLocation location, Partition partition) {
        String path = "/" + partition.path();
        for (PartitionValue value : partition.values()) {
            String name = value.column().name();
            path = path.replace("/" + value + "/", "/%s=${%s}/".formatted(name, name));
        }
        return location.root() + path;
    }
}
