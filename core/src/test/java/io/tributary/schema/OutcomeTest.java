package io.tributary.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class OutcomeTest {
    private static final Rejection REJECTION = new Rejection(7, "qty", "x", "must be an integer");

    @Test
    void givesItsValueOrItsReason() {
        assertThat(Outcome.accepted("a").orElseThrow()).isEqualTo("a");
        assertThatThrownBy(() -> Outcome.rejected(REJECTION, "{}").orElseThrow())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Invalid input: line 7: qty: x: must be an integer");
    }

    @Test
    void saysOfARejectionOnlyWhatIsKnown() {
        assertThat(new Rejection(0, null, null, "is missing")).hasToString("is missing");
        assertThat(new Rejection(0, "qty", null, "is missing")).hasToString("qty: is missing");
    }

    @Test
    void saysWhatAValueMustBe() {
        assertThat(Rejection.of(7, "qty", new InvalidValueException("x", "an integer")))
                .isEqualTo(REJECTION);
    }

    @Test
    void cannotSteerATerminal() {
        Rejection rejection = new Rejection(0, "code", "\u001b[2J\u009b\r\n", "no\u001b]0;x\u0007");
        assertThat(rejection).hasToString("code: \\u001b[2J\\u009b\\u000d\\u000a: no\\u001b]0;x\\u0007");
        assertThat(new Rejection(0, "code", "x".repeat(61), "is long").value()).isEqualTo("x".repeat(60) + "…");
    }

    @Property(tries = 200)
    void isTheSameMadeAgain(@ForAll String value, @ForAll String reason) {
        Rejection once = new Rejection(0, null, value, reason);
        assertThat(new Rejection(0, null, once.value(), once.reason())).isEqualTo(once);
    }

    @Test
    void countsWhatBecameOfInputs() {
        Tally tally = Tally.ZERO
                .plus(Outcome.accepted(1))
                .plus(Outcome.rejected(REJECTION, ""))
                .plus(Outcome.accepted(2));
        assertThat(tally).isEqualTo(new Tally(2, 1)).hasToString("read 3 = accepted 2 + rejected 1");
        assertThatThrownBy(() -> new Tally(-1, 0)).hasMessageStartingWith("Invalid tally: -1 accepted");
    }

    @Property(tries = 100)
    void addsTalliesInAnyOrder(@ForAll("tallies") Tally a, @ForAll("tallies") Tally b, @ForAll("tallies") Tally c) {
        assertThat(a.plus(b).plus(c)).isEqualTo(a.plus(b.plus(c)));
        assertThat(a.plus(b)).isEqualTo(b.plus(a));
        assertThat(a.plus(Tally.ZERO)).isEqualTo(a);
    }

    @Provide
    Arbitrary<Tally> tallies() {
        Arbitrary<Long> counts = Arbitraries.longs().between(0, 1_000_000);
        return Combinators.combine(counts, counts).as(Tally::new);
    }
}
