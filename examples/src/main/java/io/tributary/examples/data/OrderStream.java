package io.tributary.examples.data;

import io.tributary.retail.Product;
import io.tributary.retail.TransactionOrder;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Iterator;
import java.util.NoSuchElementException;

/** The order lines of the half year, receipt by receipt, in the order of their event time. */
final class OrderStream implements Iterator<TransactionOrder> {
    private static final AliasTable RECEIPT_LINES = AliasTable.of(45, 27, 14, 8, 4, 2);
    private static final int MAX_RECEIPT_LINES = 6;
    private static final double MEAN_RECEIPT_LINES = 2.05;
    private static final AliasTable PIECES = AliasTable.of(845, 110, 25, 12, 5, 3);
    private static final int CARTON = 10;
    private static final double CARTON_SHARE = 0.002;
    private static final double REFUND_SHARE = 0.004;
    private static final int SECONDS_OF_AN_HOUR = 3600;

    private final Catalogue catalogue;
    private final Shopper shopper;
    private final TradingHours tradingHours;
    private final Stores stores;
    private final Dice dice;

    private long toCome;
    private int hourIndex = -1;
    private long leftInHour;
    private double hourReached;
    private LocalDate day = TradingHours.FIRST_DAY;

    private int leftOnReceipt;
    private int linesOnReceipt;
    private final int[] onReceipt = new int[MAX_RECEIPT_LINES];
    private boolean refund;
    private int store;
    private int register;
    private String receipt = "";
    private LocalDateTime time = TradingHours.FIRST_DAY.atStartOfDay();

    OrderStream(Catalogue catalogue, long seed, long count, int storeCount) {
        this.catalogue = catalogue;
        this.shopper = new Shopper(catalogue, Dice.of(seed, "popularity"));
        this.tradingHours = new TradingHours(Dice.of(seed, "trading hours"), count);
        this.stores = new Stores(storeCount);
        this.dice = Dice.of(seed, "orders");
        this.toCome = count;
    }

    @Override
    public boolean hasNext() {
        return toCome > 0;
    }

    @Override
    public TransactionOrder next() {
        if (toCome == 0) {
            throw new NoSuchElementException("Cannot sell another line: all of them are sold");
        }
        if (leftOnReceipt == 0) {
            openReceipt();
        }
        leftOnReceipt--;
        leftInHour--;
        toCome--;
        return line();
    }

    private void openReceipt() {
        while (leftInHour == 0) {
            openHour();
        }
        // The next of the hour's remaining receipts, as if all of them were drawn at random and sorted.
        double receiptsLeft = Math.max(1, leftInHour / MEAN_RECEIPT_LINES);
        hourReached += (1 - hourReached) * (1 - StrictMath.pow(1 - dice.unit(), 1 / receiptsLeft));
        int second = Math.min((int) (hourReached * SECONDS_OF_AN_HOUR), SECONDS_OF_AN_HOUR - 1);
        time = LocalDateTime.of(day, LocalTime.of(hourIndex % 24, second / 60, second % 60));
        refund = dice.chance(REFUND_SHARE);
        leftOnReceipt = refund ? 1 : (int) Math.min(leftInHour, 1 + RECEIPT_LINES.draw(dice));
        linesOnReceipt = 0;
        store = stores.count() == 1 ? 0 : dice.below(stores.count());
        register = stores.drawRegister(dice);
        receipt = stores.nextReceipt(store, register);
    }

    private void openHour() {
        hourIndex++;
        if (hourIndex % 24 == 0) {
            day = TradingHours.FIRST_DAY.plusDays(hourIndex / 24);
            stores.openDay();
        }
        leftInHour = tradingHours.linesIn(hourIndex);
        hourReached = 0;
    }

    private TransactionOrder line() {
        int hour = hourIndex % 24;
        int index = chooseProduct(hour);
        Product product = catalogue.products().get(index);
        int pieces = dice.chance(CARTON_SHARE) ? CARTON : 1 + PIECES.draw(dice);
        int quantity = refund ? -pieces : pieces;
        // At the scale of the column, so that it is not rescaled.
        BigDecimal amount = BigDecimal.valueOf(100L * catalogue.price(index) * quantity, 2);
        return new TransactionOrder(
                day,
                hour,
                stores.code(store),
                stores.name(store),
                stores.register(register),
                receipt,
                product.productCode(),
                quantity,
                amount,
                time);
    }

    /** A product stands on a receipt once. */
    private int chooseProduct(int hour) {
        int index;
        do {
            index = shopper.choose(dice, hour);
        } while (isOnReceipt(index));
        onReceipt[linesOnReceipt++] = index;
        return index;
    }

    private boolean isOnReceipt(int index) {
        for (int i = 0; i < linesOnReceipt; i++) {
            if (onReceipt[i] == index) {
                return true;
            }
        }
        return false;
    }
}
