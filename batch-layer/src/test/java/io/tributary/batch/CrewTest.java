package io.tributary.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class CrewTest {
    @Test
    void givesTheResultsInTheOrderOfTheItems() throws IOException {
        List<Integer> items = IntStream.range(0, 100).boxed().toList();
        assertThat(new Crew(4).each(items, item -> -item))
                .isEqualTo(items.stream().map(item -> -item).toList());
        assertThat(new Crew(4).each(List.<Integer>of(), item -> item)).isEmpty();
    }

    @Test
    void worksOnSeveralItemsAtATime() throws IOException {
        CountDownLatch both = new CountDownLatch(2);
        List<Integer> done = new Crew(2).each(List.of(1, 2), item -> {
            both.countDown();
            try {
                both.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            return item;
        });
        assertThat(done).containsExactly(1, 2);
    }

    @Test
    void beginsNothingMoreOnceOneHasFailed() {
        Set<Integer> begun = ConcurrentHashMap.newKeySet();
        assertThatThrownBy(() -> new Crew(1).each(List.of(1, 2, 3, 4), item -> {
                    begun.add(item);
                    if (item == 2) {
                        throw new IOException("crashed");
                    }
                    return item;
                }))
                .isInstanceOf(IOException.class)
                .hasMessage("crashed");
        assertThat(begun).containsExactly(1, 2);
    }

    @Test
    void tellsOfAllThatFailed() {
        CountDownLatch both = new CountDownLatch(2);
        assertThatThrownBy(() -> new Crew(2).each(List.of(1, 2), item -> {
                    both.countDown();
                    try {
                        both.await();
                    } catch (InterruptedException e) {
                        throw new IOException(e);
                    }
                    throw new IllegalStateException("item " + item);
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("item 1")
                .satisfies(failure -> assertThat(failure.getSuppressed())
                        .singleElement()
                        .satisfies(other -> assertThat(other).hasMessage("item 2")));
    }
}
