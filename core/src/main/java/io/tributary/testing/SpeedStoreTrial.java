package io.tributary.testing;

import io.tributary.testing.Contract.Promise;
import io.tributary.view.IngestSlice;
import io.tributary.view.Row;
import io.tributary.view.SpeedStore;
import io.tributary.view.SpeedStore.Contents;
import io.tributary.view.SpeedStore.Start;
import io.tributary.view.SpeedStore.State;
import io.tributary.view.SpeedStore.Writer;
import io.tributary.view.SpeedStore.WriterId;
import io.tributary.view.TimeRange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/** An empty store, what is done to it, and what must be seen of it then. */
record SpeedStoreTrial(SpeedStore store) {
    static final List<Reading> ALL = List.copyOf(Reading.list(7, 400));
    static final Start RUN = Start.empty("run");

    /** What a promise does with an empty store. */
    @FunctionalInterface
    interface Steps {
        void take(SpeedStoreTrial trial) throws Exception;
    }

    static Promise promise(String name, Callable<? extends SpeedStore> empty, Steps steps) {
        return new Promise(name, () -> {
            try (SpeedStore store = empty.call()) {
                steps.take(new SpeedStoreTrial(store));
            }
        });
    }

    static List<IngestSlice> first(int size) {
        return Reading.slices(ALL.subList(0, size));
    }

    static List<Row> rowsOfFirst(int size) {
        return Reading.rows(ALL.subList(0, size), Instant.MIN);
    }

    static List<IngestSlice> shareOf(int writer, int writers, List<IngestSlice> slices) {
        return slices.stream()
                .filter(slice -> Math.floorMod(slice.slice().key().hashCode(), writers) == writer)
                .toList();
    }

    Writer writer(Start start) {
        return store.writer(Reading.VIEW, WriterId.only(), start);
    }

    List<Writer> writers(int count, Start start) {
        List<Writer> writers = new ArrayList<>();
        for (int index = 0; index < count; index++) {
            writers.add(store.writer(Reading.VIEW, new WriterId(index, count), start));
        }
        return writers;
    }

    static void put(List<Writer> writers, List<IngestSlice> slices) {
        for (int index = 0; index < writers.size(); index++) {
            writers.get(index).put(shareOf(index, writers.size(), slices));
        }
    }

    static void prepare(List<Writer> writers, long checkpoint) {
        writers.forEach(writer -> writer.prepare(checkpoint));
    }

    /** Puts slices as the only writer of a new run, and commits them. */
    Writer commit(List<IngestSlice> slices) {
        Writer writer = writer(Start.empty("commit"));
        commit(writer, 1, slices);
        return writer;
    }

    static void commit(Writer writer, long checkpoint, List<IngestSlice> slices) {
        writer.put(slices);
        writer.prepare(checkpoint);
        writer.commit(checkpoint);
    }

    Contents read() {
        return store.read(Reading.VIEW, Instant.MIN, TimeRange.all());
    }

    Contents readProvisionally() {
        return store.read(Reading.VIEW, Instant.MIN, TimeRange.all(), State.PROVISIONAL);
    }

    static List<Row> rows(Contents contents) {
        return Reading.VIEW.rows(contents.slices());
    }

    void shows(List<Row> rows) {
        Expect.equal("committed rows", rows(read()), rows);
    }

    void showsProvisionally(List<Row> rows) {
        Expect.equal("provisional rows", rows(readProvisionally()), rows);
    }
}
