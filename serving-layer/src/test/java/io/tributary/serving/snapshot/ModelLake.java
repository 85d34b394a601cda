package io.tributary.serving.snapshot;

import io.tributary.view.BatchView;
import io.tributary.view.BatchViewSnapshot;
import io.tributary.view.Digest;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/** The files of a lake, by partition, and how far it is sealed. */
final class ModelLake {
    private final NavigableMap<Integer, List<Integer>> numbers = new TreeMap<>();
    private int committed;
    private int mark;
    private int sealed;

    /** Commits the files of a checkpoint; those of an earlier one are there. */
    void commit(ModelJob.State state) {
        add(state, committed);
        committed = Math.max(committed, state.partitions().size());
        mark = Math.max(mark, state.stamp());
    }

    /** The mutation: what is there is committed again. */
    void commitAgain(ModelJob.State state) {
        add(state, 0);
    }

    private void add(ModelJob.State state, int from) {
        for (int number = from; number < state.partitions().size(); number++) {
            numbers.computeIfAbsent(state.partitions().get(number), partition -> new ArrayList<>())
                    .add(number);
        }
    }

    boolean canSeal() {
        return sealed < mark;
    }

    void seal() {
        sealed++;
    }

    int sealed() {
        return sealed;
    }

    /** What a batch builder makes of the files before a cut. */
    BatchViewSnapshot build(int cut) {
        List<Integer> before = new ArrayList<>();
        numbers.headMap(cut).values().forEach(before::addAll);
        return new BatchViewSnapshot(
                new BatchView(
                        Numbered.VIEW.name(),
                        Numbered.partition(cut),
                        Numbered.slicesOf(before).toList(),
                        List.of()),
                Numbered.VIEW.definitionDigest(),
                Digest.of("sealed before " + cut));
    }

    @Override
    public String toString() {
        return numbers + "/" + committed + "/" + mark + "/" + sealed;
    }
}
