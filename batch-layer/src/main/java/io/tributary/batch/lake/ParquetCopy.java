package io.tributary.batch.lake;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tributary.lake.LakeFile;
import io.tributary.partition.Partition;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The second form of a sealed partition: its records in Parquet below {@code transform_data}, as the file
 * {@code _SUCCESS} beside it says. It counts as long as the partition is sealed by the very manifest that it
 * was written from; a partition that is sealed anew has no copy.
 *
 * @param partition the path of the JSON lines; null in a copy of a version that did not write it
 * @param seal the SHA-256 of that manifest
 * @param columns the columns of the files with their stored types, in order
 * @param files in its directory; as many as the engine that wrote them had writers, which is one for DuckDB
 * @param records those of the partition
 * @param writtenAt when
 */
public record ParquetCopy(
        @Nullable String partition,
        String seal,
        Map<String, String> columns,
        List<File> files,
        long records,
        Instant writtenAt) {
    private static final long FORMAT = 1;
    private static final int BUFFER_BYTES = 1 << 16;
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final TypeReference<LinkedHashMap<String, Object>> FIELDS = new TypeReference<>() {};

    /**
     * A Parquet file.
     *
     * @param name within the directory
     * @param bytes its size
     * @param crc32c the checksum of its bytes, as eight hexadecimal digits
     */
    public record File(String name, long bytes, String crc32c) {
        public File {
            if (name.isEmpty() || LakeFile.isHidden(name) || name.indexOf('/') >= 0 || name.indexOf('\\') >= 0) {
                throw new IllegalArgumentException(
                        "Invalid file of a Parquet copy: %s (must be a name without a directory that begins with neither . nor _)"
                                .formatted(name));
            }
            if (bytes < 0) {
                throw new IllegalArgumentException(
                        "Invalid file of a Parquet copy: %s has %d bytes (must be at least 0)".formatted(name, bytes));
            }
        }

        /** Reads a file to its end. */
        static File measure(String name, InputStream in) throws IOException {
            CRC32C checksum = new CRC32C();
            long bytes = 0;
            byte[] buffer = new byte[BUFFER_BYTES];
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                checksum.update(buffer, 0, length);
                bytes += length;
            }
            return new File(name, bytes, "%08x".formatted(checksum.getValue()));
        }
    }

    /** Writes the records of partitions as Parquet. */
    public interface Writer {
        /**
         * Writes at least one file for each partition.
         *
         * @param work what the writer may use until it returns
         * @return local files, by their partitions
         * @throws RuntimeException when the files do not hold what the partitions hold
         */
        Map<Partition, List<Path>> write(List<SealedPartition> partitions, Work work) throws IOException;
    }

    /** What a writer has at hand while it writes. */
    public interface Work {
        /** A local directory, which goes when the work is done. */
        Path directory();

        /**
         * The JSON lines of a partition as local files.
         *
         * @throws IOException when one differs from its manifest
         */
        List<Path> json(SealedPartition partition) throws IOException;

        /** A directory of the lake, with a slash at its end, where an engine may write; it goes when the work is done. */
        String staging();

        /** A file of the lake as a local one. */
        Path fetch(String key) throws IOException;
    }

    public ParquetCopy {
        columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
        files = List.copyOf(files);
        if (files.isEmpty() || records < 0) {
            throw new IllegalArgumentException(
                    "Invalid Parquet copy: %d records in %d files (must be at least 0 records in at least 1 file)"
                            .formatted(records, files.size()));
        }
    }

    /** The size of its files. */
    public long bytes() {
        return files.stream().mapToLong(File::bytes).sum();
    }

    /** Whether it stands for the lines of a partition, as far as it tells. */
    boolean isOf(Partition other) {
        return partition == null || partition.equals(other.path());
    }

    String toJson() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("format", FORMAT);
        if (partition != null) {
            fields.put("partition", partition);
        }
        fields.put("seal", seal);
        fields.put("columns", columns);
        fields.put(
                "files",
                files.stream()
                        .map(file -> {
                            Map<String, Object> described = new LinkedHashMap<>();
                            described.put("name", file.name());
                            described.put("bytes", file.bytes());
                            described.put("crc32c", file.crc32c());
                            return described;
                        })
                        .toList());
        fields.put("records", records);
        fields.put("written_at", writtenAt.toString());
        try {
            return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(fields) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Cannot write the manifest of %s as JSON".formatted(files), e);
        }
    }

    /** @throws IllegalArgumentException when it is torn, or of a format that this version does not know */
    static ParquetCopy parse(byte[] json) {
        try {
            Map<String, Object> fields = MAPPER.readValue(json, FIELDS);
            if (fields == null || !(fields.get("format") instanceof Number format) || format.longValue() != FORMAT) {
                throw new IllegalArgumentException("it is not of format %d (use a newer version)".formatted(FORMAT));
            }
            Map<String, String> columns = new LinkedHashMap<>();
            ((Map<?, ?>) field(fields, "columns")).forEach((name, type) -> columns.put((String) name, (String) type));
            List<File> files = new ArrayList<>();
            for (Object file : (List<?>) field(fields, "files")) {
                Map<?, ?> described = (Map<?, ?>) file;
                files.add(new File(
                        (String) field(described, "name"), ((Number) field(described, "bytes")).longValue(), (String)
                                field(described, "crc32c")));
            }
            return new ParquetCopy(
                    (String) fields.get("partition"),
                    (String) field(fields, "seal"),
                    columns,
                    files,
                    ((Number) field(fields, "records")).longValue(),
                    Instant.parse((String) field(fields, "written_at")));
        } catch (IOException | ClassCastException | DateTimeParseException e) {
            throw new IllegalArgumentException(
                    "it is torn or no manifest of a Parquet copy (restore it, or remove it if the JSON lines are there)",
                    e);
        }
    }

    private static Object field(Map<?, ?> fields, String name) {
        Object value = fields.get(name);
        if (value == null) {
            throw new IllegalArgumentException("it lacks " + name);
        }
        return value;
    }
}
