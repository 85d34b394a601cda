package io.tributary.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.fuzz.Fuzzer;
import io.tributary.retail.EnrichedOrder;
import io.tributary.retail.RandomOrders;
import io.tributary.retail.RetailRecords;
import io.tributary.schema.Outcome;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whatever comes, it is a record that writes back as it was read, or it is rejected. */
class JsonLinesFuzzTest {
    private static final JsonLines<EnrichedOrder> LINES = JsonLines.of(EnrichedOrder.SCHEMA);

    @Test
    void damagedLinesAreRejectedOrReadBackEqual() {
        List<byte[]> valid = new ArrayList<>();
        valid.add(LINES.encode(RetailRecords.ENRICHED));
        new RandomOrders(3, 2)
                .list(20)
                .forEach(order -> valid.add(LINES.escaped().encode(order)));

        Fuzzer.bytes(valid, input -> {
            if (LINES.decode(input) instanceof Outcome.Accepted<EnrichedOrder> accepted) {
                assertThat(LINES.decode(LINES.encode(accepted.value()))).isEqualTo(accepted);
            }
        });
    }
}
