package io.tributary.lake;

import io.tributary.partition.Partition;
import io.tributary.schema.Schema;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a sealed partition holds: the file {@code _SUCCESS} in its directory. Readers count the files
 * that it names and no others. Its total of records, its partition and its predecessor are there to
 * be checked, so that a torn, moved or lost part is found.
 *
 * @param partition the path of the partition in its lake
 * @param start of the partition, by the zone in which it was sealed; null in a manifest of a version that did not write it
 * @param previous the path of the newest partition that was sealed before it in time; null for the first
 * @param schema the name of the schema
 * @param columns the schema's columns with their stored types, in order: the version of the schema
 * @param files by name
 * @param records of all files
 * @param writer who sealed it
 * @param sealedAt when
 */
public record Manifest(
        String partition,
        @Nullable Instant start,
        @Nullable String previous,
        String schema,
        Map<String, String> columns,
        List<LakeFile> files,
        long records,
        Writer writer,
        Instant sealedAt) {
    /** The name of the file. */
    public static final String FILE_NAME = "_SUCCESS";

    /**
     * Who seals partitions.
     *
     * @param name of the writer
     * @param epoch grows with each start of a writer that takes another's place; 0 for one that never does
     */
    public record Writer(String name, long epoch) {
        public Writer {
            if (name.isEmpty() || epoch < 0) {
                throw new IllegalArgumentException(
                        "Invalid writer of a manifest: '%s' of epoch %d (must have a name and an epoch of at least 0)"
                                .formatted(name, epoch));
            }
        }
    }

    public Manifest {
        columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
        files = List.copyOf(files);
        long sum = files.stream().mapToLong(LakeFile::records).sum();
        if (sum != records) {
            throw new IllegalArgumentException("Invalid manifest of %s: %d records in all, but %d in its files"
                    .formatted(partition, records, sum));
        }
        Set<String> names = new HashSet<>();
        for (LakeFile file : files) {
            if (!names.add(file.name())) {
                throw new IllegalArgumentException(
                        "Invalid manifest of %s: file %s appears twice".formatted(partition, file.name()));
            }
        }
    }

    /** The manifest of a partition that holds these files and no others. */
    public static Manifest of(
            Schema<?> schema,
            Partition partition,
            @Nullable String previous,
            List<LakeFile> files,
            Writer writer,
            Instant sealedAt) {
        Map<String, String> types = typesOf(schema);
        long records = files.stream().mapToLong(LakeFile::records).sum();
        return new Manifest(
                partition.path(), partition.start(), previous, schema.name(), types, files, records, writer, sealedAt);
    }

    /** The columns of a schema with their stored types, in order. */
    public static Map<String, String> typesOf(Schema<?> schema) {
        Map<String, String> types = new LinkedHashMap<>();
        schema.columns()
                .forEach(column -> types.put(column.name(), column.type().hiveType()));
        return types;
    }

    /** The first of its columns that a schema has not, or has as another type; empty for none. */
    public Optional<String> columnBeyond(Schema<?> other) {
        Map<String, String> types = typesOf(other);
        return columns.entrySet().stream()
                .filter(column -> !column.getValue().equals(types.get(column.getKey())))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /**
     * Reads a manifest. The stream stays open.
     *
     * @throws IllegalArgumentException when it is torn or contradicts itself
     */
    public static Manifest read(InputStream in) throws IOException {
        try {
            return parse(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(in.readAllBytes()))
                    .toString());
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("it is not UTF-8", e);
        }
    }

    /**
     * Reads the text of a manifest.
     *
     * @throws IllegalArgumentException when it is torn or contradicts itself
     */
    public static Manifest parse(String json) {
        return ManifestJson.parse(json);
    }

    /** The text of the file. */
    public String toJson() {
        return ManifestJson.format(this);
    }
}
