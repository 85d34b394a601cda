package io.tributary.batch.query;

import io.tributary.config.Limits;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How queries run on Athena.
 *
 * @param workGroup the workgroup, whose limits and output location hold for its queries
 * @param database where tables without one are looked for; null for none
 * @param outputLocation where results go, {@code s3://bucket/prefix/}; null for the workgroup's own
 * @param timeout a query that has not ended by then is stopped
 * @param reuse results of the same text that are no older are taken again; null for none
 * @param mostBytes a query that expects to read more is refused, one that reads more is stopped; null for no limit
 */
public record AthenaOptions(
        String workGroup,
        @Nullable String database,
        @Nullable String outputLocation,
        Duration timeout,
        @Nullable Duration reuse,
        @Nullable Long mostBytes) {
    private static final Pattern WORK_GROUP = Pattern.compile("[a-zA-Z0-9._-]{1,128}");
    private static final Pattern LOCATION = Pattern.compile("s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]/.*");
    private static final int LONGEST_NAME = 255;
    private static final Duration SHORTEST_TIMEOUT = Duration.ofSeconds(1);
    private static final Duration LONGEST_TIMEOUT = Duration.ofDays(1);
    private static final Duration SHORTEST_REUSE = Duration.ofMinutes(1);
    private static final Duration LONGEST_REUSE = Duration.ofDays(7);

    public AthenaOptions {
        Limits.check()
                .holds("workGroup", workGroup, WORK_GROUP.matcher(workGroup).matches(), "as " + WORK_GROUP)
                .holds(
                        "database",
                        database,
                        database == null || (!database.isBlank() && database.length() <= LONGEST_NAME),
                        "a name of up to %d characters".formatted(LONGEST_NAME))
                .holds(
                        "outputLocation",
                        outputLocation,
                        outputLocation == null
                                || LOCATION.matcher(outputLocation).matches(),
                        "as s3://bucket/prefix/")
                .between("timeout", timeout, SHORTEST_TIMEOUT, LONGEST_TIMEOUT)
                .holds(
                        "reuse",
                        reuse,
                        reuse == null
                                || (reuse.compareTo(SHORTEST_REUSE) >= 0
                                        && reuse.compareTo(LONGEST_REUSE) <= 0
                                        && Duration.ofMinutes(reuse.toMinutes()).equals(reuse)),
                        "whole minutes from %s to %s".formatted(SHORTEST_REUSE, LONGEST_REUSE))
                .atLeast("mostBytes", mostBytes, 0L)
                .enforce();
    }

    /** The workgroup {@code primary} with its own output location, half an hour, no reuse and no limit. */
    public static AthenaOptions defaults() {
        return new AthenaOptions("primary", null, null, Duration.ofMinutes(30), null, null);
    }

    public AthenaOptions withWorkGroup(String name) {
        return new AthenaOptions(name, database, outputLocation, timeout, reuse, mostBytes);
    }

    public AthenaOptions withDatabase(String name) {
        return new AthenaOptions(workGroup, name, outputLocation, timeout, reuse, mostBytes);
    }

    public AthenaOptions withOutputLocation(String location) {
        return new AthenaOptions(workGroup, database, location, timeout, reuse, mostBytes);
    }

    public AthenaOptions withTimeout(Duration limit) {
        return new AthenaOptions(workGroup, database, outputLocation, limit, reuse, mostBytes);
    }

    /** Costs nothing where it hits; the answer may be that old. */
    public AthenaOptions withReuseOfResults(Duration age) {
        return new AthenaOptions(workGroup, database, outputLocation, timeout, age, mostBytes);
    }

    public AthenaOptions withMostBytes(long bytes) {
        return new AthenaOptions(workGroup, database, outputLocation, timeout, reuse, bytes);
    }
}
