package io.tributary.examples.bench;

import io.tributary.examples.data.Catalogue;
import io.tributary.examples.data.OrderGenerator;
import io.tributary.examples.data.SentOrder;
import io.tributary.retail.EnrichedOrder;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Iterator;
import java.util.Locale;

/** The orders of a plan, by their number: those of one store again and again, spread evenly over the time. */
final class OrderTemplates {
    private static final long START = LocalDateTime.of(2015, 1, 1, 0, 0).toEpochSecond(ZoneOffset.UTC);
    private static final int SECONDS = 3600;
    private static final int MOST = 65_536;

    private final JobPlan plan;
    private final EnrichedOrder[] templates;
    private final String[] keys;
    private long second = Long.MIN_VALUE;
    private LocalDateTime dateTime = LocalDateTime.MIN;
    private long partition = -1;
    private Instant arrival = Instant.EPOCH;

    OrderTemplates(JobPlan plan) {
        this.plan = plan;
        this.templates = new EnrichedOrder[(int) Math.min(plan.orders(), MOST)];
        this.keys = new String[plan.keys()];
        Catalogue catalogue = Catalogue.of(1);
        Iterator<SentOrder> orders = OrderGenerator.of(catalogue, 1, MOST).sentOrders();
        for (int i = 0; i < templates.length; i++) {
            templates[i] = orders.next().enrichedFrom(catalogue);
        }
        for (int i = 0; i < keys.length; i++) {
            keys[i] = String.format(Locale.ROOT, "K%07d", i);
        }
    }

    /** All orders of the plan. */
    EnrichedOrder[] all() {
        EnrichedOrder[] orders = new EnrichedOrder[(int) plan.orders()];
        for (int i = 0; i < orders.length; i++) {
            orders[i] = order(i);
        }
        return orders;
    }

    EnrichedOrder order(long number) {
        EnrichedOrder template = templates[(int) (number % templates.length)];
        long now = START + number * plan.hours() * SECONDS / plan.orders();
        if (now != second) {
            second = now;
            dateTime = LocalDateTime.ofEpochSecond(now, 0, ZoneOffset.UTC);
        }
        long arrived = number * plan.partitions() / plan.orders();
        if (arrived != partition) {
            partition = arrived;
            arrival = Instant.ofEpochSecond(START + arrived * SECONDS);
        }
        return new EnrichedOrder(
                template.date(),
                template.hour(),
                template.storeCode(),
                template.storeName(),
                template.posNumber(),
                template.receiptNumber(),
                keys.length == 0 ? template.productCode() : keys[(int) (number % keys.length)],
                template.quantity(),
                template.amount(),
                template.divisionCode(),
                template.divisionName(),
                template.mainCategoryCode(),
                template.mainCategoryName(),
                template.subCategoryCode(),
                template.subCategoryName(),
                template.productName(),
                template.privateBrand(),
                dateTime,
                arrival);
    }
}
