package io.tributary.serving.snapshot;

import io.tributary.view.BatchViewSnapshot;
import io.tributary.view.BatchViewStore;
import io.tributary.view.Digest;
import io.tributary.view.View;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Snapshots of batch views in a place of their own, a directory for each view.
 *
 * <p>Each snapshot is an object that never changes; one small object beside them, the head, names the newest
 * and is replaced only by who has seen it last. What was newest before is deleted with the first publication
 * after a grace, in which readers may still read it; so are snapshots that lost. Safe for several threads
 * and processes.
 */
public final class SnapshotStore implements BatchViewStore {
    private static final Pattern LOCATION = Pattern.compile("s3a?://([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])/(.*/)?");
    /** A snapshot, or what the end of its writer left of it in a directory. */
    private static final Pattern WRITTEN = Pattern.compile("\\.?" + Head.FILE + "(\\.[0-9a-f-]{36})?");

    private static final Duration GRACE = Duration.ofHours(1);
    private static final Duration LONGEST_GRACE = Duration.ofDays(3_650);

    private final SnapshotObjects objects;
    private final InstantSource clock;
    private final Duration grace;

    SnapshotStore(SnapshotObjects objects, InstantSource clock, Duration grace) {
        this.objects = objects;
        this.clock = clock;
        this.grace = grace;
    }

    /** In the memory of this process. */
    public static SnapshotStore inMemory() {
        return of(new MemoryObjects());
    }

    /** In a directory, which is made where missing. */
    public static SnapshotStore inDirectory(Path root) {
        return of(new DirectoryObjects(root.toAbsolutePath().normalize()));
    }

    /**
     * In a bucket of S3. The client stays the caller's, to close.
     *
     * @param location {@code s3://bucket/} or {@code s3://bucket/prefix/}
     */
    public static SnapshotStore inBucket(S3Client client, String location) {
        Matcher matcher = LOCATION.matcher(location);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "Invalid location of snapshots: %s (must be as s3://bucket/ or s3://bucket/prefix/)"
                            .formatted(location));
        }
        return of(new S3Objects(client, matcher.group(1), matcher.group(2) == null ? "" : matcher.group(2)));
    }

    private static SnapshotStore of(SnapshotObjects objects) {
        return new SnapshotStore(objects, InstantSource.system(), GRACE);
    }

    /** The same store, which keeps a snapshot for another time after the next has replaced it, up to 3,650 days; 1 hour by default. */
    public SnapshotStore withGrace(Duration newGrace) {
        if (newGrace.isNegative() || newGrace.compareTo(LONGEST_GRACE) > 0) {
            throw new IllegalArgumentException(
                    "Invalid grace: %s (must be PT0S to %s)".formatted(newGrace, LONGEST_GRACE));
        }
        return new SnapshotStore(objects, clock, newGrace);
    }

    /** The same store by another clock, which dates publications. */
    public SnapshotStore withClock(InstantSource newClock) {
        return new SnapshotStore(objects, newClock, grace);
    }

    SnapshotObjects objects() {
        return objects;
    }

    @Override
    public Optional<BatchViewSnapshot> newest(View<?> view) throws IOException {
        FoundHead found = FoundHead.read(objects, view);
        while (true) {
            Head head = found.head();
            if (head == null) {
                return Optional.empty();
            }
            checkDefinition(view, head);
            Optional<BatchViewSnapshot> snapshot = read(view, head);
            if (snapshot.isPresent()) {
                return snapshot;
            }
            // Replaced and cleaned up meanwhile, or gone.
            FoundHead again = FoundHead.read(objects, view);
            if (again.equals(found)) {
                throw new IOException("Cannot read the snapshot of view %s: its file is gone from %s (rebuild it)"
                        .formatted(view.name(), objects.describe(view.name() + "/")));
            }
            found = again;
        }
    }

    private static void checkDefinition(View<?> view, Head head) {
        if (!head.definition().equals(view.definitionDigest())) {
            throw new IllegalStateException(
                    "Cannot use the snapshot of view %s up to %s: it was built by another definition of the view (rebuild it by this one)"
                            .formatted(view.name(), head.cut()));
        }
    }

    /** Empty when its object is not there. */
    private Optional<BatchViewSnapshot> read(View<?> view, Head head) throws IOException {
        String key = view.name() + "/" + head.file();
        Optional<SnapshotObjects.Versioned> object = objects.read(key);
        if (object.isEmpty()) {
            return Optional.empty();
        }
        String text = object.get().text();
        try {
            if (!Digest.of(text).equals(head.digest())) {
                throw new IllegalArgumentException("it is not as it was published (rebuild it)");
            }
            BatchViewSnapshot snapshot = SnapshotText.parse(view, text);
            if (!snapshot.definition().equals(head.definition())
                    || !snapshot.batch().view().equals(head.view())
                    || !snapshot.batch().cut().equals(head.cut())) {
                throw new IllegalArgumentException("it is not the one that the head names (rebuild it)");
            }
            return Optional.of(snapshot);
        } catch (IllegalArgumentException e) {
            throw new IOException(
                    "Cannot read the snapshot %s: %s".formatted(objects.describe(key), e.getMessage()), e);
        }
    }

    @Override
    public long epoch(View<?> view) throws IOException {
        Head head = FoundHead.read(objects, view).head();
        return head == null ? 0 : head.epoch();
    }

    @Override
    public Instant leastCut(View<?> view) throws IOException {
        Head head = FoundHead.read(objects, view).head();
        if (head == null) {
            return Instant.MIN;
        }
        Instant now = clock.instant();
        return stillHeld(head.superseded(), now).stream()
                .map(Head.Superseded::cut)
                .reduce(head.cut(), (a, b) -> a.isBefore(b) ? a : b);
    }

    private List<Head.Superseded> stillHeld(List<Head.Superseded> superseded, Instant now) {
        return superseded.stream()
                .filter(old -> old.until().plus(grace).isAfter(now))
                .toList();
    }

    @Override
    public Publication begin(View<?> view) throws IOException {
        FoundHead found = FoundHead.read(objects, view);
        if (found.head() != null) {
            checkDefinition(view, found.head());
        }
        return new SnapshotPublication(this, view, found);
    }

    @Override
    public Publication beginAnew(View<?> view) throws IOException {
        return new SnapshotPublication(this, view, FoundHead.readLeniently(objects, view));
    }

    /** The head that takes the place of another. */
    Head next(FoundHead found, BatchViewSnapshot snapshot, String writer, String digest) throws IOException {
        Instant now = clock.instant();
        Head old = found.head();
        List<Head.Superseded> superseded = new ArrayList<>();
        if (old != null) {
            superseded.addAll(stillHeld(old.superseded(), now));
            superseded.add(new Head.Superseded(old.file(), old.cut(), now));
        }
        long epoch = (old == null ? newestEpoch(snapshot.batch().view()) : old.epoch()) + 1;
        String file = String.format(Locale.ROOT, "%012d-%s.ndjson", epoch, digest.substring(0, 16));
        return new Head(
                snapshot.batch().view(),
                snapshot.definition(),
                epoch,
                writer,
                snapshot.batch().cut(),
                file,
                digest,
                now,
                superseded);
    }

    /** Of the snapshots that are there, published or not; 0 for none. */
    private long newestEpoch(String view) throws IOException {
        long newest = 0;
        for (String key : objects.list(view + "/")) {
            newest = Math.max(newest, epochOf(view, key).orElse(0L));
        }
        return newest;
    }

    private static Optional<Long> epochOf(String view, String key) {
        Matcher file = WRITTEN.matcher(key.substring(view.length() + 1));
        return file.matches() ? Optional.of(Long.valueOf(file.group(1))) : Optional.empty();
    }

    /** Deletes the snapshots before a head that no reader holds any more: replaced long ago, or never published. */
    void clean(Head head) throws IOException {
        for (String key : objects.list(head.view() + "/")) {
            boolean older = epochOf(head.view(), key)
                    .filter(epoch -> epoch < head.epoch())
                    .isPresent();
            if (older && head.superseded().stream().noneMatch(old -> key.endsWith("/" + old.file()))) {
                objects.delete(key);
            }
        }
    }

    /** The previous snapshot of a publication. */
    Optional<BatchViewSnapshot> previous(View<?> view, @Nullable Head head) throws IOException {
        if (head == null) {
            return Optional.empty();
        }
        checkDefinition(view, head);
        Optional<BatchViewSnapshot> snapshot = read(view, head);
        if (snapshot.isEmpty()) {
            throw new IOException(
                    "Cannot read the snapshot of view %s: its file %s is gone (rebuild it, or begin again)"
                            .formatted(view.name(), head.file()));
        }
        return snapshot;
    }
}
