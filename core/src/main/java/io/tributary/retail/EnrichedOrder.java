package io.tributary.retail;

import io.tributary.schema.Column;
import io.tributary.schema.ColumnType;
import io.tributary.schema.Schema;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import org.jspecify.annotations.Nullable;

/**
 * An order line with its product, as it travels on the stream and lies in the lake. The columns of
 * the product are null when its code is not in the catalogue and the pipeline was told to keep it.
 *
 * @param dateTime the time of the sale, in the store's zone: the event time
 * @param eventTime when the line was sent, to the microsecond: the ingest time
 */
public record EnrichedOrder(
        LocalDate date,
        int hour,
        String storeCode,
        String storeName,
        String posNumber,
        String receiptNumber,
        String productCode,
        int quantity,
        BigDecimal amount,
        @Nullable String divisionCode,
        @Nullable String divisionName,
        @Nullable String mainCategoryCode,
        @Nullable String mainCategoryName,
        @Nullable String subCategoryCode,
        @Nullable String subCategoryName,
        @Nullable String productName,
        @Nullable Boolean privateBrand,
        LocalDateTime dateTime,
        Instant eventTime) {
    public static final Column<EnrichedOrder, LocalDate> TR_DATE =
            Column.date("tr_date", EnrichedOrder::date).comment("transaction date");
    public static final Column<EnrichedOrder, Integer> TR_TIME =
            Column.of("tr_time", ColumnType.hour(), EnrichedOrder::hour).comment("transaction time HH");
    public static final Column<EnrichedOrder, String> STORE_CD =
            Column.text("store_cd", EnrichedOrder::storeCode).comment("Store Code");
    public static final Column<EnrichedOrder, String> STORE_NAME =
            Column.text("store_name", EnrichedOrder::storeName).comment("Store Name KR");
    public static final Column<EnrichedOrder, String> POS_NUM =
            Column.text("pos_num", EnrichedOrder::posNumber).comment("POS Machine Number");
    public static final Column<EnrichedOrder, String> RECEIPT_NUM =
            Column.text("receipt_num", EnrichedOrder::receiptNumber).comment("Receipt Number");
    public static final Column<EnrichedOrder, String> PRODUCT_CD =
            Column.text("product_cd", EnrichedOrder::productCode).comment("Product Code");
    public static final Column<EnrichedOrder, Integer> QTY =
            Column.integer("qty", EnrichedOrder::quantity).comment("Quantity");
    public static final Column<EnrichedOrder, BigDecimal> MOUNT =
            Column.decimal("mount", 18, 2, EnrichedOrder::amount).comment("Price of Order");
    public static final Column<EnrichedOrder, String> DIVISION_CD = Column.text(
                    "division_cd", EnrichedOrder::divisionCode)
            .comment("Division Code")
            .optional();
    public static final Column<EnrichedOrder, String> DIVISION_NAME = Column.text(
                    "division_name", EnrichedOrder::divisionName)
            .comment("Division Name")
            .optional();
    public static final Column<EnrichedOrder, String> MAINCATEGORY_CD = Column.text(
                    "maincategory_cd", EnrichedOrder::mainCategoryCode)
            .comment("MainCategory Code")
            .optional();
    public static final Column<EnrichedOrder, String> MAINCATEGORY_NAME = Column.text(
                    "maincategory_name", EnrichedOrder::mainCategoryName)
            .comment("MainCategory Name")
            .optional();
    public static final Column<EnrichedOrder, String> SUBCATEGORY_CD = Column.text(
                    "subcategory_cd", EnrichedOrder::subCategoryCode)
            .comment("SubCategory Code")
            .optional();
    public static final Column<EnrichedOrder, String> SUBCATEGORY_NAME = Column.text(
                    "subcategory_name", EnrichedOrder::subCategoryName)
            .comment("SubCategory Name")
            .optional();
    public static final Column<EnrichedOrder, String> PRODUCT_NAME = Column.text(
                    "product_name", EnrichedOrder::productName)
            .comment("Product Name")
            .optional();
    public static final Column<EnrichedOrder, Boolean> IS_PB = Column.of(
                    "is_pb", ColumnType.yesNo(), EnrichedOrder::privateBrand)
            .comment("Whether Product PB")
            .optional();
    public static final Column<EnrichedOrder, LocalDateTime> TR_DATETIME =
            Column.dateTime("tr_datetime", EnrichedOrder::dateTime).comment("transacation Timestamp");
    public static final Column<EnrichedOrder, Instant> EVENT_TIME =
            Column.timestamp("event_time", EnrichedOrder::eventTime).comment("Event Timestamp");

    public static final Schema<EnrichedOrder> SCHEMA = Schema.of(
            "transaction_order",
            EnrichedOrder.class,
            TR_DATE,
            TR_TIME,
            STORE_CD,
            STORE_NAME,
            POS_NUM,
            RECEIPT_NUM,
            PRODUCT_CD,
            QTY,
            MOUNT,
            DIVISION_CD,
            DIVISION_NAME,
            MAINCATEGORY_CD,
            MAINCATEGORY_NAME,
            SUBCATEGORY_CD,
            SUBCATEGORY_NAME,
            PRODUCT_NAME,
            IS_PB,
            TR_DATETIME,
            EVENT_TIME);

    public EnrichedOrder {
        hour = TR_TIME.type().normalize(hour);
        amount = MOUNT.type().normalize(amount);
        dateTime = TR_DATETIME.type().normalize(dateTime);
        eventTime = EVENT_TIME.type().normalize(eventTime);
    }

    /** Joins an order line with its product. */
    public static EnrichedOrder of(TransactionOrder order, Product product, Instant eventTime) {
        return join(order, product, eventTime);
    }

    /** An order line whose product is not in the catalogue. */
    public static EnrichedOrder withoutProduct(TransactionOrder order, Instant eventTime) {
        return join(order, null, eventTime);
    }

    private static EnrichedOrder join(TransactionOrder order, @Nullable Product product, Instant eventTime) {
        return new EnrichedOrder(
                order.date(),
                order.hour(),
                order.storeCode(),
                order.storeName(),
                order.posNumber(),
                order.receiptNumber(),
                order.productCode(),
                order.quantity(),
                order.amount(),
                product == null ? null : product.divisionCode(),
                product == null ? null : product.divisionName(),
                product == null ? null : product.mainCategoryCode(),
                product == null ? null : product.mainCategoryName(),
                product == null ? null : product.subCategoryCode(),
                product == null ? null : product.subCategoryName(),
                product == null ? null : product.productName(),
                product == null ? null : product.privateBrand(),
                order.dateTime(),
                eventTime);
    }
}
