package io.tributary.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tributary.enrich.Lookup;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class LookupContractTest {
    private static final Map<String, Integer> KNOWN = Map.of("a", 1, "b", 2, "담배", 3);

    private static final class ById implements Lookup<String, Integer> {
        final Map<String, Integer> values = new HashMap<>(KNOWN);

        @Override
        public Optional<Integer> find(String key) {
            return Optional.ofNullable(values.get(key));
        }
    }

    private static void breaks(Lookup<String, Integer> lookup, String promise) {
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> LookupContract.of(() -> lookup, KNOWN, List.of("A", "c"))
                        .check())
                .withMessageStartingWith("Invalid lookup: ")
                .withMessageContaining(promise)
                .satisfies(e -> assertThat(e.getSuppressed()).isNotEmpty());
    }

    @Test
    void aLookupByFindAloneKeepsIt() {
        LookupContract.of(ById::new, KNOWN, List.of("A", "c")).check();
    }

    @Test
    void refusesWhatBreaksAPromise() {
        ById right = new ById();
        breaks(key -> right.find(key.toLowerCase(Locale.ROOT)), "answers empty for an unknown key");
        breaks(key -> Optional.of(right.find(key).orElseThrow()), "finds many at once and leaves out the unknown");
        breaks(
                new Lookup<>() {
                    @Override
                    public Optional<Integer> find(String key) {
                        return right.find(key);
                    }

                    @Override
                    public CompletionStage<Optional<Integer>> findAsync(String key) {
                        throw new IllegalStateException("Cannot reach the table");
                    }
                },
                "finds what is there: Cannot reach the table");
        breaks(
                new Lookup<>() {
                    @Override
                    public Optional<Integer> find(String key) {
                        return right.find(key);
                    }

                    @Override
                    public Map<String, Integer> findAll(Collection<? extends String> keys) {
                        right.values.keySet().retainAll(keys);
                        return right.values;
                    }
                },
                "finds many at once");
    }

    @Test
    void refusesToProveNothing() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LookupContract.of(ById::new, KNOWN, List.of()))
                .withMessage(
                        "Invalid contract of a lookup: 3 known keys and 0 unknown ones (give one or more of both)");
    }
}
