package io.tributary.examples.command;

import io.tributary.aws.DynamoTable;
import io.tributary.aws.DynamoWriter;
import io.tributary.retail.Product;
import io.tributary.schema.Tally;
import java.util.HashSet;
import java.util.Set;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** Writes products to a table, which is made, where missing, for the first of them. */
final class ProductImport implements RecordFile.Sink<Product>, AutoCloseable {
    private static final int SHOWN = 5;

    private final DynamoTable<Product> table;
    private final LongConsumer progress;
    private final Set<String> codes = new HashSet<>();
    private @Nullable DynamoWriter<Product> writer;
    private Tally tally = Tally.ZERO;

    ProductImport(DynamoTable<Product> table, LongConsumer progress) {
        this.table = table;
        this.progress = progress;
    }

    @Override
    public void accept(Product product) {
        DynamoWriter<Product> open = writer;
        if (open == null) {
            if (table.createIfMissing()) {
                System.err.printf("%s: created%n", table.name());
            }
            open = table.writer(progress);
            writer = open;
        }
        try {
            open.write(product);
            codes.add(product.productCode());
            tally = tally.plus(new Tally(1, 0));
        } catch (IllegalArgumentException e) {
            tally = tally.plus(new Tally(0, 1));
            if (tally.rejected() <= SHOWN) {
                System.err.printf("%s: rejected: %s%n", table.name(), Failures.line(e));
            }
        }
    }

    /** What became of the products. */
    Tally tally() {
        return tally;
    }

    /** How many different products the table has been given. */
    int products() {
        return codes.size();
    }

    /** Returns when all are written. */
    @Override
    public void close() {
        if (writer != null) {
            writer.close();
        }
    }
}
