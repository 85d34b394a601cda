package io.tributary.testing;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** Shows each promise of a contract as a test. */
public final class Promises {
    private Promises() {}

    public static Stream<DynamicTest> of(Contract contract) {
        return contract.promises().stream().map(promise -> DynamicTest.dynamicTest(promise.name(), promise::check));
    }
}
