package io.tributary.examples.bench;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;

/**
 * What a forked JVM tells of its job.
 *
 * @param seconds from the moment when each task of the source has an order until the last row is out
 * @param waitedSeconds how many of them the input had no more orders and waited for checkpoints
 * @param processorSeconds what all threads of the JVM needed until the end of the job: what the machine does besides
 *     counts less on it than on the seconds
 * @param rows how many there were
 * @param fingerprint of the rows, in any order
 * @param checkpoints how many were completed in that time
 * @param checkpointBytes the size of the largest
 */
record JobOutcome(
        double seconds,
        double waitedSeconds,
        double processorSeconds,
        long rows,
        long fingerprint,
        int checkpoints,
        long checkpointBytes) {
    private static final JsonMapper JSON = new JsonMapper();

    String toJson() throws IOException {
        return JSON.writeValueAsString(this);
    }

    static JobOutcome parse(String json) throws IOException {
        return JSON.readValue(json, JobOutcome.class);
    }
}
