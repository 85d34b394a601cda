package io.tributary.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.retail.RetailViews;
import io.tributary.testing.Promises;
import io.tributary.testing.SpeedStoreContract;
import io.tributary.view.SpeedStore;
import io.tributary.view.SpeedStore.Start;
import io.tributary.view.SpeedStore.Writer;
import io.tributary.view.SpeedStore.WriterId;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class InMemorySpeedStoreTest {
    @TestFactory
    Stream<DynamicTest> keepsTheContract() {
        return Promises.of(SpeedStoreContract.of(InMemorySpeedStore::create));
    }

    @Test
    void tellsHowManyWritersHavePreparedACheckpoint() {
        InMemorySpeedStore store = InMemorySpeedStore.create();
        Writer writer = store.writer(RetailViews.DAILY_SALES, new WriterId(0, 3), Start.empty("run"));
        writer.prepare(2);

        assertThatThrownBy(() -> writer.commit(2))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("Cannot commit checkpoint 2 of view %s: 1 of 3 writers have prepared it"
                                .formatted(RetailViews.DAILY_SALES.name())
                        + " (commit it when all have)");
    }

    @Test
    void isFoundAgainThroughASerializedFactory() throws Exception {
        InMemorySpeedStore store = InMemorySpeedStore.create();

        SpeedStore found = serialized(store.factory()).open();

        assertThat(found).isSameAs(store);
    }

    @Test
    void saysWhenItIsGone() throws Exception {
        SpeedStore.Factory factory = serialized(InMemorySpeedStore.create().factory());

        for (int i = 0; i < 100; i++) {
            System.gc();
            InMemorySpeedStore.create();
        }

        assertThatThrownBy(factory::open)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("Cannot open the in-memory speed store")
                .hasMessageContaining("in another process or gone");
    }

    private static SpeedStore.Factory serialized(SpeedStore.Factory factory)
            throws IOException, ClassNotFoundException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(factory);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return (SpeedStore.Factory) in.readObject();
        }
    }
}
