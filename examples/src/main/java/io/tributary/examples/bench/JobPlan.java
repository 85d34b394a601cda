package io.tributary.examples.bench;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import java.util.function.Consumer;

/**
 * One side of one Flink benchmark: what a forked JVM is told to run. Immutable.
 *
 * @param side who answers
 * @param questions what is asked, all in one job
 * @param orders how many go in
 * @param hours the event time that they span, evenly
 * @param keys how many product codes there are; 0 for those of the catalogue
 * @param partitions how many ingest partitions they come in
 * @param backend of state: {@code hashmap} or {@code rocksdb}
 * @param objectReuse whether Flink may hand on objects without a copy
 * @param delayHours how far watermarks stay behind
 * @param interval between checkpoints, in milliseconds
 * @param untilKept whether the input ends only after a checkpoint that holds all of it
 * @param ahead whether the orders are made before the time begins; they must fit into the heap
 */
record JobPlan(
        JobSide side,
        List<Question> questions,
        long orders,
        int hours,
        int keys,
        int partitions,
        String backend,
        boolean objectReuse,
        int delayHours,
        long interval,
        boolean untilKept,
        boolean ahead)
        implements Serializable {
    static final int PARALLELISM = 2;

    private static final JsonMapper JSON = new JsonMapper();

    JobPlan {
        questions = List.copyOf(questions);
    }

    /** State on the heap, with object reuse. */
    static JobPlan of(JobSide side, long orders, int hours, long interval, Question... questions) {
        return new JobPlan(side, List.of(questions), orders, hours, 0, 1, "hashmap", true, 1, interval, false, true);
    }

    JobPlan by(JobSide newSide) {
        return with(draft -> draft.side = newSide);
    }

    JobPlan withKeys(int newKeys) {
        return with(draft -> draft.keys = newKeys);
    }

    JobPlan withPartitions(int newPartitions) {
        return with(draft -> draft.partitions = newPartitions);
    }

    JobPlan onRocksDb() {
        return with(draft -> draft.backend = "rocksdb");
    }

    JobPlan withoutObjectReuse() {
        return with(draft -> draft.objectReuse = false);
    }

    /** All windows stay open until a checkpoint has them all. */
    JobPlan untilKept(int newDelayHours) {
        return with(draft -> {
            draft.delayHours = newDelayHours;
            draft.untilKept = true;
        });
    }

    /** Orders are made as they are asked for, so that any number will do. */
    JobPlan notAhead() {
        return with(draft -> draft.ahead = false);
    }

    private JobPlan with(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return new JobPlan(
                draft.side,
                questions,
                orders,
                hours,
                draft.keys,
                draft.partitions,
                draft.backend,
                draft.objectReuse,
                draft.delayHours,
                interval,
                draft.untilKept,
                draft.ahead);
    }

    /** What of a plan can be changed, so that none of the methods above has to name all of it. */
    private static final class Draft {
        private JobSide side;
        private int keys;
        private int partitions;
        private String backend;
        private boolean objectReuse;
        private int delayHours;
        private boolean untilKept;
        private boolean ahead;

        Draft(JobPlan plan) {
            this.side = plan.side;
            this.keys = plan.keys;
            this.partitions = plan.partitions;
            this.backend = plan.backend;
            this.objectReuse = plan.objectReuse;
            this.delayHours = plan.delayHours;
            this.untilKept = plan.untilKept;
            this.ahead = plan.ahead;
        }
    }

    String toJson() throws IOException {
        return JSON.writeValueAsString(this);
    }

    static JobPlan parse(String json) throws IOException {
        return JSON.readValue(json, JobPlan.class);
    }
}
