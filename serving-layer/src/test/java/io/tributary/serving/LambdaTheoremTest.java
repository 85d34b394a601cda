package io.tributary.serving;

import io.tributary.retail.RetailViews;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/**
 * For any orders, any assignment to partitions, any order of arrival and every cut: what the batch
 * layer has before the cut, merged with what the speed layer has from it on, is one pass over all.
 */
class LambdaTheoremTest {
    @Property(tries = 100)
    void mergedIsOnePassOverAll(@ForAll long seed, @ForAll @IntRange(max = 120) int size) {
        LambdaTheorem theorem = new LambdaTheorem(seed, size);
        RetailViews.all().forEach(view -> theorem.check(view, InMemorySpeedStore.create()));
    }
}
