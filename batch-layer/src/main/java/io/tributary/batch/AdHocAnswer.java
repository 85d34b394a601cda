package io.tributary.batch;

import io.tributary.batch.query.QueryResult;
import io.tributary.view.BatchView.Hole;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows of an ad-hoc query over the records before a cut.
 *
 * @param result in the columns and the order of the view
 * @param holes what should have been read and could not be; empty when the answer is complete
 * @param approximate why records may be counted twice or missed; null when each is counted once
 */
public record AdHocAnswer(
        QueryResult result, List<Hole> holes, @Nullable String approximate) {
    public AdHocAnswer {
        holes = List.copyOf(holes);
    }
}
