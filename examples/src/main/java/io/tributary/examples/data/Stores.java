package io.tributary.examples.data;

import java.util.Arrays;
import java.util.Locale;

/**
 * The stores and the receipt counters of their registers. Each register begins at 0001 each day, so that
 * receipt numbers come round again.
 */
final class Stores {
    private static final String[] REGISTERS = {"01", "02", "03"};
    private static final AliasTable REGISTER_SHARES = AliasTable.of(60, 30, 10);
    private static final String[] RECEIPTS = receiptNumbers();

    private final String[] codes;
    private final String[] names;
    private final int[] lastReceipts;

    Stores(int count) {
        codes = new String[count];
        names = new String[count];
        for (int i = 0; i < count; i++) {
            codes[i] = String.format(Locale.ROOT, "%05d", i + 1);
            names[i] = "온새 " + (i + 1) + "호점";
        }
        lastReceipts = new int[count * REGISTERS.length];
    }

    private static String[] receiptNumbers() {
        String[] numbers = new String[10_000];
        Arrays.setAll(numbers, number -> String.format(Locale.ROOT, "%04d", number));
        return numbers;
    }

    int count() {
        return codes.length;
    }

    String code(int store) {
        return codes[store];
    }

    String name(int store) {
        return names[store];
    }

    void openDay() {
        Arrays.fill(lastReceipts, 0);
    }

    int drawRegister(Dice dice) {
        return REGISTER_SHARES.draw(dice);
    }

    String register(int register) {
        return REGISTERS[register];
    }

    /** After 9999 comes 0001. */
    String nextReceipt(int store, int register) {
        int counter = store * REGISTERS.length + register;
        lastReceipts[counter] = lastReceipts[counter] % (RECEIPTS.length - 1) + 1;
        return RECEIPTS[lastReceipts[counter]];
    }
}
