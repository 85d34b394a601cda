package io.tributary.enrich;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class InMemoryLookupTest {
    @TestFactory
    Stream<DynamicTest> keepsTheContract() {
        return Entry.contract(() -> InMemoryLookup.of(Entry.ALL, Entry::key));
    }

    @Test
    void namesAKeyThatTwoValuesHave() {
        List<Entry> doubled = List.of(new Entry("1", "a"), new Entry("2", "b"), new Entry("1", "c"));
        assertThatThrownBy(() -> InMemoryLookup.of(doubled, Entry::key))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Invalid catalogue: two values have the key 1: Entry[key=1, name=a] and "
                        + "Entry[key=1, name=c] (keep one)");
    }

    @Test
    void mayBeEmpty() {
        InMemoryLookup<String, Entry> empty = InMemoryLookup.of(List.<Entry>of(), Entry::key);
        assertThat(empty.size()).isZero();
        assertThat(empty.find("1")).isEmpty();
    }
}
