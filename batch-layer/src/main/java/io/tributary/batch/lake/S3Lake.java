package io.tributary.batch.lake;

import io.tributary.partition.PartitionLayout;
import io.tributary.schema.Schema;
import java.time.InstantSource;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * A lake on S3, as {@link LocalLake} is one on a directory: to seal its partitions and to tell what they
 * hold. It is written by others, such as a Flink job or Firehose.
 *
 * <p>A partition is sealed by one request that puts its manifest if there is none; of several who seal
 * it, one succeeds. What is put into it later is a stray, and told. Sealing reads the partition's
 * objects once. Safe for several threads; the client stays the caller's, to close.
 *
 * @param <R> the record
 */
public final class S3Lake<R> extends ListedLake<R> {
    private static final Pattern LOCATION = Pattern.compile("s3a?://([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])/(.*/)?");

    private final String location;

    S3Lake(String location, Listing<R> listing, InstantSource clock, String id) {
        super(listing, clock, id);
        this.location = location;
    }

    /**
     * The lake in a bucket.
     *
     * @param location {@code s3://bucket/} or {@code s3://bucket/prefix/}, to which the layout's paths are added
     */
    public static <R> S3Lake<R> at(S3Client client, String location, PartitionLayout layout, Schema<R> schema) {
        return at(client, location, layout, schema, InstantSource.system());
    }

    static <R> S3Lake<R> at(
            S3Client client, String location, PartitionLayout layout, Schema<R> schema, InstantSource clock) {
        Matcher matcher = LOCATION.matcher(location);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "Invalid location of a lake: %s (must be as s3://bucket/ or s3://bucket/prefix/)"
                            .formatted(location));
        }
        String prefix = matcher.group(2) == null ? "" : matcher.group(2);
        LakeStorage storage = new S3Storage(client, matcher.group(1), prefix);
        return new S3Lake<>(
                location,
                new Listing<>(storage, new Manifests(storage), layout, schema, ParquetCopies.layoutBeside(layout)),
                clock,
                UUID.randomUUID().toString());
    }

    /** Where it lies, as it was given. */
    public String location() {
        return location;
    }

    @Override
    public String toString() {
        return "%s in %s".formatted(schema().name(), location);
    }
}
