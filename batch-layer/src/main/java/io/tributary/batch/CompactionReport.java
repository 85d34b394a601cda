package io.tributary.batch;

import io.tributary.view.BatchView.Hole;
import java.util.List;

/**
 * What a compaction has done.
 *
 * @param partitions that were compacted
 * @param already those that had a Parquet copy, or no records
 * @param records of the compacted partitions
 * @param filesBefore of JSON lines in them
 * @param filesAfter of Parquet
 * @param bytesBefore of the JSON lines
 * @param bytesAfter of the Parquet files
 * @param holes what could not be compacted
 */
public record CompactionReport(
        int partitions,
        int already,
        long records,
        long filesBefore,
        long filesAfter,
        long bytesBefore,
        long bytesAfter,
        List<Hole> holes) {
    public CompactionReport {
        holes = List.copyOf(holes);
    }
}
