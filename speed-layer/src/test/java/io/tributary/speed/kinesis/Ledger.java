package io.tributary.speed.kinesis;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.api.common.functions.RichFilterFunction;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;

/** Keeps all numbers in state, so that what a failure rolls back is taken out again; lets tests look in. */
final class Ledger extends RichFilterFunction<Integer> implements CheckpointedFunction {
    private static final long serialVersionUID = 1L;
    private static final Map<String, List<Integer>> ENTRIES = new ConcurrentHashMap<>();

    private final String name;
    private transient ListState<Integer> state;
    private transient List<Integer> entries;

    Ledger(String name) {
        this.name = name;
    }

    static List<Integer> of(String name) {
        List<Integer> entries = ENTRIES.getOrDefault(name, List.of());
        synchronized (entries) {
            return List.copyOf(entries);
        }
    }

    @Override
    public boolean filter(Integer number) {
        entries.add(number);
        return false;
    }

    @Override
    public void initializeState(FunctionInitializationContext context) throws Exception {
        state = context.getOperatorStateStore().getListState(new ListStateDescriptor<>("numbers", Types.INT));
        List<Integer> restored = new ArrayList<>();
        state.get().forEach(restored::add);
        entries = Collections.synchronizedList(restored);
        ENTRIES.put(name, entries);
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) throws Exception {
        state.update(new ArrayList<>(entries));
    }
}
