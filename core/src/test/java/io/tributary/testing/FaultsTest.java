package io.tributary.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tributary.enrich.Lookup;
import io.tributary.testing.Faults.Fault;
import io.tributary.testing.Faults.InjectedFaultException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class FaultsTest {
    private final List<String> asked = new ArrayList<>();
    private final Lookup<String, String> source = key -> {
        asked.add(key);
        return Optional.of(key + "!");
    };

    @Test
    void aScriptIsFollowedAndThenNothingFails() {
        Faults faults = Faults.script(Fault.FAIL_BEFORE, Fault.NONE, Fault.FAIL_AFTER, Fault.DUPLICATE, Fault.DELAY);
        Lookup<String, String> lookup = Faulty.lookup(source, faults);

        assertThatExceptionOfType(InjectedFaultException.class)
                .isThrownBy(() -> lookup.find("a"))
                .withMessage("Cannot find a: injected fault FAIL_BEFORE at call 1")
                .satisfies(e -> assertThat(e.fault()).isEqualTo(Fault.FAIL_BEFORE));
        assertThat(asked).isEmpty();
        assertThat(lookup.find("b")).contains("b!");
        assertThatExceptionOfType(InjectedFaultException.class)
                .isThrownBy(() -> lookup.findAll(List.of("c")))
                .withMessage("Cannot find 1 keys: injected fault FAIL_AFTER at call 3");
        assertThat(lookup.find("d")).contains("d!");
        assertThat(lookup.findAsync("e").toCompletableFuture().join()).contains("e!");
        assertThat(lookup.find("f")).contains("f!");
        assertThat(asked).containsExactly("b", "c", "d", "d", "e", "f");
        assertThat(faults.calls()).isEqualTo(6);
        assertThat(faults.met()).isEqualTo(4);
    }

    @Test
    void aLookupIsAskedTheWayItWas() {
        Lookup<String, String> waitless = new Lookup<>() {
            @Override
            public Optional<String> find(String key) {
                throw new IllegalStateException("Cannot wait");
            }

            @Override
            public CompletionStage<Optional<String>> findAsync(String key) {
                return CompletableFuture.completedFuture(Optional.of(key + "!"));
            }
        };
        Lookup<String, String> lookup = Faulty.lookup(waitless, Faults.script(Fault.NONE, Fault.FAIL_BEFORE));
        assertThat(lookup.findAsync("a")).isCompletedWithValue(Optional.of("a!"));
        assertThat(lookup.findAsync("b")).isCompletedExceptionally();
    }

    @Test
    void theSameSeedDealsTheSameFaults() {
        assertThat(dealt(5)).isEqualTo(dealt(5)).isNotEqualTo(dealt(6)).contains(true, false);
    }

    private List<Boolean> dealt(long seed) {
        Lookup<String, String> lookup = Faulty.lookup(source, Faults.seeded(seed, 0.5));
        List<Boolean> failed = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            failed.add(lookup.findAsync("a").toCompletableFuture().isCompletedExceptionally());
        }
        return failed;
    }

    @Test
    void oneCallFailsAndNoOther() {
        Faults faults = Faults.seeded(1, 1);
        Lookup<String, String> lookup = Faulty.lookup(source, faults);
        faults.only(2, Fault.FAIL_BEFORE);
        assertThat(lookup.find("a")).isPresent();
        assertThatExceptionOfType(InjectedFaultException.class).isThrownBy(() -> lookup.find("a"));
        assertThat(lookup.find("a")).isPresent();
        faults.only(1, Fault.FAIL_BEFORE);
        faults.stop();
        assertThat(lookup.find("a")).isPresent();
    }

    @Test
    void whatHasNoFaultsKeepsItsContract() {
        Map<String, String> known = Map.of("a", "1", "b", "2");
        LookupContract.of(
                        () -> Faulty.lookup(key -> Optional.ofNullable(known.get(key)), Faults.script()),
                        known,
                        List.of("c"))
                .check();
    }

    @Test
    void refusesWhatIsNoProbabilityOrCall() {
        for (double wrong : new double[] {-0.1, 1.1, Double.NaN}) {
            assertThatIllegalArgumentException().isThrownBy(() -> Faults.seeded(1, wrong));
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Faults.script().only(0, Fault.DELAY))
                .withMessage("Invalid call: 0 (must be from 1, the next one, on)");
    }
}
