package io.tributary.batch;

import io.tributary.partition.PartitionPredicate;
import io.tributary.view.Condition;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where a query finds the records, in the columns and stored types of their schema. */
public sealed interface Source permits Source.Table, Source.Tables, Source.JsonFiles, LakeFiles {

    /** A table whose columns have the stored types of the schema, such as one of a catalogue. */
    static Table table(String... qualifiedName) {
        return new Table(List.of(qualifiedName), new PartitionPredicate.All(), null);
    }

    /** Files of JSON lines. Only DuckDB reads them without a catalogue. */
    static JsonFiles jsonFiles(List<Path> files) {
        return new JsonFiles(files);
    }

    /**
     * A table, or the partitions of it that a predicate selects.
     *
     * @param qualifiedName one to three names, from catalogue to table
     * @param condition on the records of these partitions; null for all of them
     */
    record Table(
            List<String> qualifiedName,
            PartitionPredicate partitions,
            @Nullable Condition condition) implements Source {
        private static final int MOST_NAMES = 3;

        public Table {
            qualifiedName = List.copyOf(qualifiedName);
            if (qualifiedName.isEmpty()
                    || qualifiedName.size() > MOST_NAMES
                    || qualifiedName.stream().anyMatch(String::isBlank)) {
                throw new IllegalArgumentException(
                        "Invalid table: %s (must be one to three names that are not blank)".formatted(qualifiedName));
            }
        }

        /** Only the partitions that the predicate selects are read. */
        public Table where(PartitionPredicate predicate) {
            return new Table(qualifiedName, PartitionPredicate.and(partitions, predicate), condition);
        }

        /** Only the records that meet a condition count, and all those before it. */
        public Table where(Condition more) {
            return new Table(qualifiedName, partitions, condition == null ? more : condition.and(more));
        }
    }

    /**
     * Tables of the same columns, whose records are taken together, such as the two forms of a compacted lake.
     *
     * @param tables one or more, of which partitions may be selected, but not records
     */
    record Tables(List<Table> tables) implements Source {
        public Tables {
            tables = List.copyOf(tables);
            if (tables.isEmpty() || tables.stream().anyMatch(table -> table.condition() != null)) {
                throw new IllegalArgumentException(
                        "Invalid tables: %s (must be one or more, without conditions on their records)"
                                .formatted(tables));
            }
        }
    }

    /** Files of JSON lines, one or more. */
    record JsonFiles(List<Path> files) implements Source {
        public JsonFiles {
            files = List.copyOf(files);
            if (files.isEmpty()) {
                throw new IllegalArgumentException("Invalid files of JSON lines: none (name at least one)");
            }
        }
    }
}
