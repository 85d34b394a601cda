package io.tributary.enrich;

import io.tributary.testing.LookupContract;
import io.tributary.testing.Promises;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** A value with its key. */
public record Entry(String key, String name) {
    /** 130 entries, more than one batch request of any store takes. */
    public static final List<Entry> ALL = IntStream.range(0, 130)
            .mapToObj(i -> new Entry("88%011d".formatted(i), i == 0 ? "담배, \"🚬\"" : "name " + i))
            .toList();

    /** Keys that differ from those of the entries by little. */
    private static final List<String> UNKNOWN = Stream.concat(
                    Stream.of("0000000000000", "0" + key(1), key(1) + " ", key(1).substring(1)),
                    IntStream.range(0, 120).mapToObj(i -> "unknown" + i))
            .toList();

    private static String key(int index) {
        return ALL.get(index).key();
    }

    /** The tests of a lookup that holds all entries, and no others. */
    public static Stream<DynamicTest> contract(Callable<Lookup<String, Entry>> lookup) {
        return Promises.of(LookupContract.of(
                lookup, ALL.stream().collect(Collectors.toMap(Entry::key, Function.identity())), UNKNOWN));
    }
}
