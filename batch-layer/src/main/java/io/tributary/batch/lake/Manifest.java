package io.tributary.batch.lake;

import io.tributary.partition.Partition;
import io.tributary.schema.Schema;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a sealed partition holds: the file {@code _SUCCESS} in its directory. Readers count the files
 * that it names and no others. Its total of records, its partition and its predecessor are there to
 * be checked, so that a torn, moved or lost part is found.
 *
 * @param partition the path of the partition in its lake
 * @param previous the path of the newest partition that was sealed before it in time; null for the first
 * @param schema the name of the schema
 * @param columns the schema's columns with their stored types, in order
 * @param files by name
 * @param records of all files
 * @param writer the lake writer that sealed it
 * @param sealedAt when
 */
public record Manifest(
        String partition,
        @Nullable String previous,
        String schema,
        Map<String, String> columns,
        List<LakeFile> files,
        long records,
        String writer,
        Instant sealedAt) {
    /** The name of the file. */
    public static final String FILE_NAME = "_SUCCESS";

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

    static Manifest of(
            Schema<?> schema,
            Partition partition,
            @Nullable String previous,
            List<LakeFile> files,
            String writer,
            Instant sealedAt) {
        Map<String, String> types = new LinkedHashMap<>();
        schema.columns()
                .forEach(column -> types.put(column.name(), column.type().hiveType()));
        long records = files.stream().mapToLong(LakeFile::records).sum();
        return new Manifest(partition.path(), previous, schema.name(), types, files, records, writer, sealedAt);
    }

    /**
     * Reads a manifest.
     *
     * @throws IOException when it is missing, torn or contradicts itself
     */
    public static Manifest read(Path file) throws IOException {
        return read(new LocalStorage(file.resolveSibling("")), String.valueOf(file.getFileName()));
    }

    static Manifest read(LakeStorage storage, String key) throws IOException {
        String file = storage.describe(key);
        String text;
        try (InputStream in = storage.read(key)) {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(in.readAllBytes()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new IOException("Cannot read manifest %s: it is not UTF-8".formatted(file), e);
        } catch (IOException e) {
            throw FileFailure.cannot("read manifest", file, e);
        }
        try {
            return parse(text);
        } catch (IllegalArgumentException e) {
            throw new IOException("Cannot read manifest %s: %s".formatted(file, e.getMessage()), e);
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
