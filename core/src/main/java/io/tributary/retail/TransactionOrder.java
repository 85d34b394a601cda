package io.tributary.retail;

import io.tributary.schema.Column;
import io.tributary.schema.ColumnType;
import io.tributary.schema.Schema;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;

/**
 * One line of a receipt, as the point of sale reports it. The lines of a receipt share its number,
 * which comes round again on later days.
 *
 * @param date the day of the sale, in the store's zone
 * @param hour the hour of the sale, 0 to 23, in the store's zone
 * @param quantity pieces; negative for a refund
 * @param amount the price of the line in won, exact, with up to two fraction digits; negative for a refund
 * @param dateTime the time of the sale, in the store's zone: the event time
 */
public record TransactionOrder(
        LocalDate date,
        int hour,
        String storeCode,
        String storeName,
        String posNumber,
        String receiptNumber,
        String productCode,
        int quantity,
        BigDecimal amount,
        LocalDateTime dateTime) {
    public static final Column<TransactionOrder, LocalDate> TR_DATE =
            Column.date("tr_date", TransactionOrder::date).comment("transaction date");
    public static final Column<TransactionOrder, Integer> TR_TIME =
            Column.of("tr_time", ColumnType.hour(), TransactionOrder::hour).comment("transaction time HH");
    public static final Column<TransactionOrder, String> STORE_CD =
            Column.text("store_cd", TransactionOrder::storeCode).comment("Store Code");
    public static final Column<TransactionOrder, String> STORE_NAME =
            Column.text("store_name", TransactionOrder::storeName).comment("Store Name KR");
    public static final Column<TransactionOrder, String> POS_NUM =
            Column.text("pos_num", TransactionOrder::posNumber).comment("POS Machine Number");
    public static final Column<TransactionOrder, String> RECEIPT_NUM =
            Column.text("receipt_num", TransactionOrder::receiptNumber).comment("Receipt Number");
    public static final Column<TransactionOrder, String> PRODUCT_CD =
            Column.text("product_cd", TransactionOrder::productCode).comment("Product Code");
    public static final Column<TransactionOrder, Integer> QTY =
            Column.integer("qty", TransactionOrder::quantity).comment("Quantity");
    public static final Column<TransactionOrder, BigDecimal> MOUNT =
            Column.decimal("mount", 18, 2, TransactionOrder::amount).comment("Price of Order");
    public static final Column<TransactionOrder, LocalDateTime> TR_DATETIME =
            Column.dateTime("tr_datetime", TransactionOrder::dateTime).comment("transacation Timestamp");

    public static final Schema<TransactionOrder> SCHEMA = Schema.of(
            "transaction_line",
            TransactionOrder.class,
            TR_DATE,
            TR_TIME,
            STORE_CD,
            STORE_NAME,
            POS_NUM,
            RECEIPT_NUM,
            PRODUCT_CD,
            QTY,
            MOUNT,
            TR_DATETIME);

    public TransactionOrder {
        hour = TR_TIME.type().normalize(hour);
        amount = MOUNT.type().normalize(amount);
        dateTime = TR_DATETIME.type().normalize(dateTime);
    }
}
