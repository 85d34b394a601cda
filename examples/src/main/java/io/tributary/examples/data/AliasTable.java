package io.tributary.examples.data;

/** Draws an index in proportion to its weight, in constant time (Walker's method with Vose's set-up). */
final class AliasTable {
    private final double[] keep;
    private final int[] alias;

    private AliasTable(double[] keep, int[] alias) {
        this.keep = keep;
        this.alias = alias;
    }

    static AliasTable of(double... weights) {
        int n = weights.length;
        double total = 0;
        for (double weight : weights) {
            total += weight;
        }
        double[] keep = new double[n];
        int[] alias = new int[n];
        int[] stack = new int[n];
        int small = 0;
        int large = n;
        for (int i = 0; i < n; i++) {
            keep[i] = weights[i] * n / total;
            alias[i] = i;
            if (keep[i] < 1) {
                stack[small++] = i;
            } else {
                stack[--large] = i;
            }
        }
        while (small > 0 && large < n) {
            int poor = stack[--small];
            int rich = stack[large];
            alias[poor] = rich;
            keep[rich] -= 1 - keep[poor];
            if (keep[rich] < 1) {
                large++;
                stack[small++] = rich;
            }
        }
        // What rounding left over fills its own column.
        while (small > 0) {
            keep[stack[--small]] = 1;
        }
        return new AliasTable(keep, alias);
    }

    int draw(Dice dice) {
        int column = dice.below(keep.length);
        return dice.unit() < keep[column] ? column : alias[column];
    }
}
