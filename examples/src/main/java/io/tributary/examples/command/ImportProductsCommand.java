package io.tributary.examples.command;

import io.tributary.aws.DynamoItems;
import io.tributary.aws.DynamoTable;
import io.tributary.aws.DynamoTableOptions;
import io.tributary.codec.CsvTable;
import io.tributary.examples.data.Catalogue;
import io.tributary.examples.option.AwsOptions;
import io.tributary.examples.option.LibraryOptions;
import io.tributary.examples.option.Sections;
import io.tributary.retail.Product;
import io.tributary.schema.Tally;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;

@Command(
        name = "import-products",
        description = {
            "Import the product catalogue into a DynamoDB table with the key product_cd; it is made, billed on demand,"
                    + " when missing.",
            "A product replaces the one of the same code, so importing again changes nothing. Prints how many products"
                    + " were written. Credentials come from where the AWS SDK looks for them."
        })
final class ImportProductsCommand implements Callable<Integer> {
    private static final DynamoItems<Product> ITEMS = DynamoItems.of(Product.SCHEMA, Product.PRODUCT_CD);

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private LibraryOptions library = new LibraryOptions();

    @Mixin
    private AwsOptions aws = new AwsOptions();

    @Option(names = "--dynamodb-table-name", required = true, paramLabel = "TABLE", description = "The table.")
    private String tableName = "";

    @ArgGroup
    private Source source = new Source();

    /** A file, or a catalogue made up. */
    static final class Source {
        @Option(names = "--products", paramLabel = "FILE.csv", description = "The catalogue; without, one is made up.")
        private @Nullable Path file;

        @Option(names = "--seed", paramLabel = "S", description = "What it is made up from (default: 1).")
        private long seed = 1;
    }

    @Override
    public Integer call() throws Exception {
        DynamoTableOptions options = library.get(Sections.CATALOGUE);
        try (DynamoDbAsyncClient client =
                aws.connect(DynamoDbAsyncClient.builder().httpClientBuilder(NettyNioAsyncHttpClient.builder()))) {
            DynamoTable<Product> table = table(client).with(options);
            Path file = source.file;
            Tally tally = file == null ? importMadeUp(table) : importFile(file, table);
            System.err.printf("%s: %s%n", tableName, tally);
            return 0;
        }
    }

    private DynamoTable<Product> table(DynamoDbAsyncClient client) {
        return Usage.checked(spec, () -> DynamoTable.of(client, tableName, ITEMS));
    }

    private Tally importMadeUp(DynamoTable<Product> table) {
        try (Progress progress = Progress.of("products", Catalogue.SIZE);
                ProductImport products = new ProductImport(table, progress::to)) {
            Catalogue.of(source.seed).products().forEach(products::accept);
            return finish(products);
        }
    }

    private static Tally importFile(Path file, DynamoTable<Product> table) throws Exception {
        try (ProductImport products = new ProductImport(table, written -> {})) {
            Tally read = new RecordFile<>(file, CsvTable.of(Product.SCHEMA)).forEach(products);
            Tally written = finish(products);
            return new Tally(written.accepted(), read.rejected() + written.rejected());
        }
    }

    private static Tally finish(ProductImport products) {
        products.close();
        Tally tally = products.tally();
        if (products.products() < tally.accepted()) {
            System.err.printf(
                    "%,d products came more than once; of each the last stays%n",
                    tally.accepted() - products.products());
        }
        System.out.printf("Total insert : %d%n", products.products());
        return tally;
    }
}
