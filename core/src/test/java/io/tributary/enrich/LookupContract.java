package io.tributary.enrich;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every {@link Lookup} promises. A test of one extends this and holds the contract's entries in it. */
public abstract class LookupContract {
    protected static final String UNKNOWN = "0000000000000";

    /** 130 entries, more than one batch request of any store takes. */
    protected static final List<Entry> ENTRIES = IntStream.range(0, 130)
            .mapToObj(i -> new Entry("88%011d".formatted(i), i == 0 ? "담배, \"🚬\"" : "name " + i))
            .toList();

    /** A value with its key. */
    public record Entry(String key, String name) {}

    /** A lookup that holds {@link #ENTRIES} by their keys, and no other. */
    protected abstract Lookup<String, Entry> lookup();

    @Test
    void findsWhatIsThere() {
        Lookup<String, Entry> lookup = lookup();
        for (Entry entry : List.of(ENTRIES.get(0), ENTRIES.get(129), ENTRIES.get(0))) {
            assertThat(lookup.find(entry.key())).contains(entry);
            assertThat(lookup.findAsync(entry.key()).toCompletableFuture().join())
                    .contains(entry);
        }
    }

    @Test
    void answersEmptyForAnUnknownKey() {
        Lookup<String, Entry> lookup = lookup();
        assertThat(lookup.find(UNKNOWN)).isEmpty();
        assertThat(lookup.findAsync(UNKNOWN).toCompletableFuture().join()).isEmpty();
        assertThat(lookup.findAll(List.of(UNKNOWN))).isEmpty();
    }

    @Test
    void tellsKeysApartToTheLastCharacter() {
        Lookup<String, Entry> lookup = lookup();
        String key = ENTRIES.get(1).key();
        assertThat(lookup.find("0" + key)).isEmpty();
        assertThat(lookup.find(key + " ")).isEmpty();
        assertThat(lookup.find(key.substring(1))).isEmpty();
    }

    @Test
    void findsManyAtOnceAndLeavesOutTheUnknown() {
        Lookup<String, Entry> lookup = lookup();
        List<String> keys = IntStream.range(0, 130)
                .mapToObj(i -> i % 10 == 0 ? "unknown" + i : ENTRIES.get(i).key())
                .toList();

        Map<String, Entry> found = lookup.findAll(keys);

        assertThat(found).hasSize(117);
        found.forEach((key, entry) -> assertThat(Optional.of(entry)).isEqualTo(lookup.find(key)));
    }

    @Test
    void takesRepeatedAndNoKeys() {
        Lookup<String, Entry> lookup = lookup();
        Entry entry = ENTRIES.get(7);
        assertThat(lookup.findAll(List.of(entry.key(), UNKNOWN, entry.key())))
                .containsExactly(Map.entry(entry.key(), entry));
        assertThat(lookup.findAll(List.of())).isEmpty();
    }
}
