package io.tributary.speed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SliceCacheTest {
    private final SliceCache<String, long[]> cache = new SliceCache<>(new Readings.Sum());
    private final List<String> writes = new ArrayList<>();
    private final List<long[]> written = new ArrayList<>();
    private final SliceCache.Store<String, long[]> store = new SliceCache.Store<>() {
        @Override
        public void put(long slice, String key, long[] value) {
            writes.add("put " + slice + key + " " + value[0]);
            written.add(value);
        }

        @Override
        public void remove(long slice, String key) {
            writes.add("remove " + slice + key);
        }
    };

    private List<String> written() throws Exception {
        writes.clear();
        cache.writeTo(store);
        return List.copyOf(writes);
    }

    @Test
    void anEntryIsWrittenOnceHoweverOftenItHasChanged() throws Exception {
        cache.merge(0, "a", new long[] {1});
        cache.merge(0, "a", new long[] {2});
        cache.merge(0, "a", new long[] {3});

        assertThat(written()).containsExactly("put 0a 6");
    }

    @Test
    void onlyEntriesThatHaveChangedAreWritten() throws Exception {
        cache.merge(0, "a", new long[] {1});
        cache.merge(0, "b", new long[] {2});
        cache.writeTo(store);
        assertThat(written()).isEmpty();

        cache.merge(0, "b", new long[] {2});
        assertThat(written()).containsExactly("put 0b 4");
    }

    @Test
    void whatWasNeverWrittenIsNotDeleted() throws Exception {
        cache.merge(0, "a", new long[] {1});
        cache.writeTo(store);
        cache.merge(0, "b", new long[] {1});
        cache.removeFirst();

        assertThat(written()).containsExactly("remove 0a");
        assertThat(written()).isEmpty();
    }

    @Test
    void tellsHowManyValuesItHolds() {
        cache.merge(0, "a", new long[] {1});
        cache.merge(0, "a", new long[] {1});
        cache.merge(1, "a", new long[] {1});
        cache.load(new Cell<>(1, "b"), new long[] {1});
        assertThat(cache.size()).isEqualTo(3);

        cache.removeFirst();
        assertThat(cache.size()).isEqualTo(2);
    }

    @Test
    void whatIsWrittenDoesNotChangeAfterwards() throws Exception {
        cache.merge(0, "a", new long[] {1});
        cache.writeTo(store);
        cache.merge(0, "a", new long[] {1});

        assertThat(written.get(0)).containsExactly(1);
    }
}
