package io.tributary.examples.command;

import io.tributary.batch.BatchViews;
import io.tributary.batch.FirehoseDelivery;
import io.tributary.batch.lake.LocalLake;
import io.tributary.batch.query.DuckDbEngine;
import io.tributary.examples.option.IsoDuration;
import io.tributary.retail.EnrichedOrder;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Whether Firehose itself fills the lake, and how late. */
final class FirehoseLag {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--firehose-lag",
            paramLabel = "DURATION",
            converter = IsoDuration.class,
            description = {
                "The lake is filled by Firehose itself, without seals: cut by event_time, as of which an order may be"
                        + " delivered so much later, such as PT15M.",
                "Views are approximate then, and say so."
            })
    private @Nullable Duration lag;

    /** Views of a local lake, filled by Firehose or sealed. */
    BatchViews<EnrichedOrder> views(DuckDbEngine engine, LocalLake<EnrichedOrder> lake) {
        return delivery()
                .map(delivery -> BatchViews.on(engine, lake, delivery))
                .orElseGet(() -> BatchViews.on(engine, lake));
    }

    /** Empty where partitions are sealed. */
    Optional<FirehoseDelivery<EnrichedOrder>> delivery() {
        return Optional.ofNullable(lag)
                .map(given -> Usage.checked(
                        spec,
                        () -> FirehoseDelivery.cutBy(EnrichedOrder.EVENT_TIME).withLag(given)));
    }
}
