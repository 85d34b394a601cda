package io.tributary.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.retail.RetailViews;
import io.tributary.view.SpeedStore;
import io.tributary.view.TimeRange;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class InMemorySpeedStoreTest extends SpeedStoreContract {
    @Override
    protected SpeedStore open() {
        return InMemorySpeedStore.create();
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

    @Test
    void forgetsNothingOfAnotherView() {
        SpeedStore store = open();
        store.forget(RetailViews.HOURLY_SALES, Instant.EPOCH);

        SpeedStore.Contents contents = store.read(RetailViews.DAILY_SALES, Instant.MIN, TimeRange.all());
        assertThat(contents.forgottenBefore()).isEqualTo(Instant.MIN);
        assertThat(contents.slices()).isEqualTo(List.of());
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
