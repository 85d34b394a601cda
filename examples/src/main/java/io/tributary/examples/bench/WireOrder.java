package io.tributary.examples.bench;

import io.tributary.retail.EnrichedOrder;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/** An order as a mapper of JSON takes it without any configuration: public fields by the names of the wire. */
@SuppressWarnings({"MemberName", "NullAway.Init"})
public final class WireOrder {
    public LocalDate tr_date;
    public String tr_time;
    public String store_cd;
    public String store_name;
    public String pos_num;
    public String receipt_num;
    public String product_cd;
    public int qty;
    public BigDecimal mount;
    public String division_cd;
    public String division_name;
    public String maincategory_cd;
    public String maincategory_name;
    public String subcategory_cd;
    public String subcategory_name;
    public String product_name;
    public String is_pb;
    public LocalDateTime tr_datetime;
    public LocalDateTime event_time;

    EnrichedOrder toOrder() {
        return new EnrichedOrder(
                tr_date,
                Integer.parseInt(tr_time),
                store_cd,
                store_name,
                pos_num,
                receipt_num,
                product_cd,
                qty,
                mount,
                division_cd,
                division_name,
                maincategory_cd,
                maincategory_name,
                subcategory_cd,
                subcategory_name,
                product_name,
                "Y".equals(is_pb),
                tr_datetime,
                event_time.toInstant(ZoneOffset.UTC));
    }
}
