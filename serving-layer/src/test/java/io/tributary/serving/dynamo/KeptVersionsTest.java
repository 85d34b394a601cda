package io.tributary.serving.dynamo;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.serving.dynamo.ItemLayout.Address;
import io.tributary.serving.dynamo.ItemLayout.Version;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeptVersionsTest {
    private static final int COMMITS = 2;

    private final KeptVersions versions = new KeptVersions(COMMITS);
    private long puts;

    private static Address slice(int hour, String key) {
        return new Address(Instant.EPOCH.plus(Duration.ofHours(hour)), key, 0);
    }

    private Version put(Address slice) {
        return versions.next(slice, 1, puts);
    }

    private void checkpoint() {
        versions.prepared(puts);
        versions.committed(puts);
    }

    private void restOthers() {
        for (int checkpoint = 0; checkpoint <= COMMITS + 100; checkpoint++) {
            puts++;
            put(slice(1, "key"));
            checkpoint();
        }
    }

    @Test
    void remembersNoMoreThanWhatCanChange() {
        for (int hour = 0; hour < 1_000; hour++) {
            puts++;
            for (int key = 0; key < 5; key++) {
                put(slice(hour, "key" + key));
            }
            checkpoint();
        }
        assertThat(versions.size()).isLessThanOrEqualTo(5 * (COMMITS + 101));
    }

    /** What readers see of a partition at rest stays where it is. */
    @Test
    void aPartitionThatIsPutIntoAgainTakesOtherSlots() {
        Address slice = slice(0, "key");
        List<Version> seen = new ArrayList<>();
        for (int checkpoint = 0; checkpoint < 3; checkpoint++) {
            puts++;
            seen.add(put(slice));
            checkpoint();
        }
        restOthers();
        puts++;
        Version again = put(slice);
        assertThat(again.slot())
                .isGreaterThan(seen.stream().mapToInt(Version::slot).max().orElseThrow());
        assertThat(again.before()).isEqualTo(Version.UNKNOWN_BEFORE);
        puts++;
        assertThat(put(slice))
                .as("nobody has seen the one before")
                .isEqualTo(new Version(1, puts, Version.UNKNOWN_BEFORE, again.slot()));
        checkpoint();
        long shown = puts;
        puts++;
        assertThat(put(slice).before()).isEqualTo(shown);
        assertThat(put(slice(2, "key")).before()).isEqualTo(Version.NONE_BEFORE);
    }

    /** A checkpoint that was given up takes no place of one that readers see. */
    @Test
    void anAbortedCheckpointIsNoCommit() {
        Address slice = slice(0, "key");
        puts++;
        Version first = put(slice);
        checkpoint();
        puts++;
        put(slice);
        versions.prepared(puts);
        puts++;
        put(slice);
        checkpoint();
        puts++;
        assertThat(put(slice).slot()).isNotEqualTo(first.slot());
    }

    @Test
    void forgetsWhereAPartitionRested() {
        puts++;
        put(slice(0, "key"));
        checkpoint();
        restOthers();
        versions.forget(Instant.EPOCH.plusSeconds(1));
        puts++;
        assertThat(put(slice(0, "key"))).isEqualTo(new Version(1, puts, Version.NONE_BEFORE, 0));
    }
}
