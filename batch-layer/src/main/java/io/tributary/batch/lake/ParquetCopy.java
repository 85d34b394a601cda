package io.tributary.batch.lake;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tributary.lake.LakeFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The second form of a sealed partition: its records in one Parquet file below {@code transform_data}, as the
 * file {@code _SUCCESS} beside it says. It counts as long as the partition is sealed by the very manifest that it
 * was written from; a partition that is sealed anew has no copy.
 *
 * @param seal the SHA-256 of that manifest
 * @param columns the columns of the file with their stored types, in order
 * @param file its name within the directory
 * @param bytes its size
 * @param records those of the partition
 * @param crc32c the checksum of its bytes, as eight hexadecimal digits
 * @param writtenAt when
 */
public record ParquetCopy(
        String seal,
        Map<String, String> columns,
        String file,
        long bytes,
        long records,
        String crc32c,
        Instant writtenAt) {
    private static final long FORMAT = 1;
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final TypeReference<LinkedHashMap<String, Object>> FIELDS = new TypeReference<>() {};

    /** Writes the records of some files of JSON lines to a Parquet file, and reads them back. */
    public interface Writer {
        /**
         * Writes the file.
         *
         * @param json files of JSON lines
         * @param records how many they must hold
         * @param parquet is not there yet
         * @throws RuntimeException when the file does not hold what the lines hold
         */
        void write(List<Path> json, long records, Path parquet) throws IOException;
    }

    public ParquetCopy {
        columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
        if (file.isEmpty() || LakeFile.isHidden(file) || file.indexOf('/') >= 0 || file.indexOf('\\') >= 0) {
            throw new IllegalArgumentException(
                    "Invalid file of a Parquet copy: %s (must be a name without a directory that begins with neither . nor _)"
                            .formatted(file));
        }
        if (bytes < 0 || records < 0) {
            throw new IllegalArgumentException(
                    "Invalid Parquet copy: %s has %d bytes and %d records (must be at least 0)"
                            .formatted(file, bytes, records));
        }
    }

    String toJson() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("format", FORMAT);
        fields.put("seal", seal);
        fields.put("columns", columns);
        fields.put("file", file);
        fields.put("bytes", bytes);
        fields.put("records", records);
        fields.put("crc32c", crc32c);
        fields.put("written_at", writtenAt.toString());
        try {
            return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(fields) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Cannot write the manifest of %s as JSON".formatted(file), e);
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
            return new ParquetCopy(
                    (String) field(fields, "seal"),
                    columns,
                    (String) field(fields, "file"),
                    ((Number) field(fields, "bytes")).longValue(),
                    ((Number) field(fields, "records")).longValue(),
                    (String) field(fields, "crc32c"),
                    Instant.parse((String) field(fields, "written_at")));
        } catch (IOException | ClassCastException | DateTimeParseException e) {
            throw new IllegalArgumentException("it is torn or no manifest of a Parquet copy", e);
        }
    }

    private static Object field(Map<String, Object> fields, String name) {
        Object value = fields.get(name);
        if (value == null) {
            throw new IllegalArgumentException("it lacks " + name);
        }
        return value;
    }
}
