package io.tributary.serving.dynamo;

import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.tributary.emulator.RequiresNode;
import io.tributary.retail.EnrichedOrder;
import io.tributary.retail.RandomOrders;
import io.tributary.retail.RetailViews;
import io.tributary.view.IngestSlice;
import io.tributary.view.SlicePartial;
import io.tributary.view.Slices;
import io.tributary.view.SpeedStore.Checkpoint;
import io.tributary.view.SpeedStore.Commit;
import io.tributary.view.SpeedStore.Start;
import io.tributary.view.SpeedStore.Writer;
import io.tributary.view.SpeedStore.WriterId;
import io.tributary.view.View;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

@RequiresNode
class ManyRestartsIT {
    private static final View<EnrichedOrder> VIEW = RetailViews.HOURLY_CATEGORY_SALES;
    private static final Instant FIRST = Instant.parse("2023-09-07T05:00:00Z");
    private static final int RESTARTS = 250;
    private static final int WRITERS = 10;

    private static Instant partition(int hour) {
        return FIRST.plus(Duration.ofHours(hour));
    }

    /** What each of them committed stays to be read: it would fill the one item that says so. */
    @Test
    void moreThanAnItemHoldsAreRefused() {
        Slices<EnrichedOrder> orders = VIEW.slices();
        orders.addAll(new RandomOrders(1, 3).list(1));
        SlicePartial slice = orders.toList().get(0);
        List<IngestSlice> slices = new ArrayList<>();
        List<AttributeValue> layers = new ArrayList<>();
        for (int hour = RESTARTS - 1; hour >= 0; hour--) {
            slices.add(new IngestSlice(partition(hour), slice));
            Map<Long, Puts> shown = new TreeMap<>();
            for (long writer = 0; writer < WRITERS; writer++) {
                long epoch = 1_000 + (long) hour * WRITERS + writer;
                shown.put(epoch, new Puts(epoch, 1, partition(hour)));
            }
            layers.add(new Layer(1_000 + hour, partition(hour), new Commit(1, FIRST), shown).toAttribute());
        }
        try (Dynalite dynalite = new Dynalite();
                DynamoSpeedStore store =
                        DynamoSpeedStore.open(dynalite.shared(), dynalite.newTable(), DynamoOptions.defaults())) {
            Writer first = store.writer(VIEW, WriterId.only(), Start.empty("first"));
            first.put(slices);
            first.prepare(1);
            first.commit(1);
            String table = dynalite.shared().listTables().tableNames().get(0);
            dynalite.shared()
                    .updateItem(b -> b.tableName(table)
                            .key(ItemLayout.controlKey(VIEW))
                            .updateExpression("SET layers = :layers")
                            .expressionAttributeValues(Map.of(":layers", AttributeValue.fromL(layers))));
            Writer next = store.writer(
                    VIEW, WriterId.only(), Start.resuming("next", new Checkpoint(1, 1), partition(RESTARTS)));
            next.prepare(2);

            assertThatIllegalStateException()
                    .isThrownBy(() -> next.commit(2))
                    .withMessage(
                            "Cannot commit checkpoint 2 of view %s in table %s: 250 restarts of 1 writers stay to be read (at most 2000 writers in all; forget the partitions that batch views cover, or shorten timeToLive)",
                            VIEW.name(), table);
        }
    }
}
