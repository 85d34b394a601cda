package io.tributary.batch;

import io.tributary.batch.query.QueryResult;
import io.tributary.view.BatchView.Hole;
import java.util.List;

/**
 * The rows of an ad-hoc query over sealed partitions.
 *
 * @param result in the columns and the order of the view
 * @param holes what should have been read and could not be; empty when the answer is complete
 */
public record AdHocAnswer(QueryResult result, List<Hole> holes) {
    public AdHocAnswer {
        holes = List.copyOf(holes);
    }
}
