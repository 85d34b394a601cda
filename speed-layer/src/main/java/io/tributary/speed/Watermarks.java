package io.tributary.speed;

import java.util.List;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.jspecify.annotations.Nullable;

/** The watermarks of all tasks of an operator, or what follows from them, as union state. */
final class Watermarks {
    private Watermarks() {}

    static ListState<Long> of(StateInitializationContext context, String name) throws Exception {
        return context.getOperatorStateStore().getUnionListState(new ListStateDescriptor<>(name, Types.LONG));
    }

    static long least(@Nullable Iterable<Long> restored) {
        long least = Long.MAX_VALUE;
        boolean any = false;
        if (restored != null) {
            for (long watermark : restored) {
                least = Math.min(least, watermark);
                any = true;
            }
        }
        return any ? least : Long.MIN_VALUE;
    }

    static void keep(ListState<Long> state, long watermark) throws Exception {
        state.update(List.of(watermark));
    }
}
