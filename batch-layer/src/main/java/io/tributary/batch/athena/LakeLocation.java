package io.tributary.batch.athena;

import io.tributary.partition.Partition;
import io.tributary.partition.PartitionLayout;
import java.util.regex.Pattern;

/**
 * Where a lake lies: the root of its paths, and their layout.
 *
 * @param root the URI of the directory that the layout's paths are relative to, such as {@code s3://my-bucket}
 */
public record LakeLocation(String root, PartitionLayout layout) {
    private static final Pattern ROOT = Pattern.compile("[a-z][a-z0-9]*://[^\\p{Cntrl}\\s'\"\\\\`${}?#*]+");
    private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");

    public LakeLocation {
        if (!ROOT.matcher(root).matches()) {
            throw new IllegalArgumentException(
                    "Invalid location of a lake: %s (must be a URI without spaces, quotes and wildcards,"
                                    .formatted(root)
                            + " such as s3://my-bucket)");
        }
        if (root.endsWith("/")) {
            root = root.substring(0, root.length() - 1);
        }
    }

    /** A lake in a bucket of S3. */
    public static LakeLocation bucket(String name, PartitionLayout layout) {
        if (!BUCKET.matcher(name).matches()) {
            throw new IllegalArgumentException("Invalid bucket name: %s (must match %s)".formatted(name, BUCKET));
        }
        return new LakeLocation("s3://" + name, layout);
    }

    /** The directory of the table, without its last slash. */
    public String table() {
        String directory = root + "/" + layout.root();
        return directory.substring(0, directory.length() - 1);
    }

    /** The directory of a partition, with its last slash. */
    public String of(Partition partition) {
        return root + "/" + partition.path();
    }
}
