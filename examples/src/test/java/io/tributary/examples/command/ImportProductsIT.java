package io.tributary.examples.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.aws.DynamoItems;
import io.tributary.aws.DynamoTable;
import io.tributary.aws.testing.NodeEmulator;
import io.tributary.codec.CsvTable;
import io.tributary.codec.RecordWriter;
import io.tributary.emulator.RequiresNode;
import io.tributary.examples.data.Catalogue;
import io.tributary.retail.Product;
import io.tributary.retail.TransactionOrder;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;

/** The import as a user runs it, against the emulator. */
@RequiresNode
class ImportProductsIT {
    private static final DynamoItems<Product> ITEMS = DynamoItems.of(Product.SCHEMA, Product.PRODUCT_CD);
    private static final Map<String, String> CREDENTIALS =
            Map.of("aws.accessKeyId", "some-id", "aws.secretAccessKey", "some-secret");

    private static NodeEmulator emulator;
    private static DynamoDbAsyncClient client;

    @TempDir
    private Path work;

    private String out = "";
    private String err = "";

    @BeforeAll
    static void start() {
        CREDENTIALS.forEach(System::setProperty);
        System.setProperty("aws.disableEc2Metadata", "true");
        emulator = NodeEmulator.dynamoDb();
        client = DynamoDbAsyncClient.builder()
                .endpointOverride(emulator.endpoint())
                .region(Region.AP_NORTHEAST_2)
                .httpClientBuilder(NettyNioAsyncHttpClient.builder())
                .build();
    }

    @AfterAll
    static void stop() {
        client.close();
        emulator.close();
        CREDENTIALS.keySet().forEach(System::clearProperty);
        System.clearProperty("aws.disableEc2Metadata");
    }

    private int importInto(String table, String... more) {
        List<String> arguments = new ArrayList<>(List.of("import-products", "--dynamodb-table-name", table));
        if (!List.of(more).contains("--region-name")) {
            arguments.addAll(List.of("--region-name", "ap-northeast-2"));
        }
        if (!List.of(more).contains("--endpoint-url")) {
            arguments.addAll(List.of("--endpoint-url", emulator.endpoint().toString()));
        }
        arguments.addAll(List.of(more));
        Captured captured = Captured.run(arguments.toArray(String[]::new));
        out = captured.out();
        err = captured.err();
        assertThat(out + err).doesNotContain("some-secret");
        return captured.code();
    }

    private static Map<String, Product> contents(String table, List<Product> products) {
        return DynamoTable.of(client, table, ITEMS)
                .lookup()
                .findAll(products.stream().map(Product::productCode).toList());
    }

    private static Product product(String code, String name) {
        return new Product("13", "담배", "1", "일반, \"수입\"", "2", "궐련", code, name, true);
    }

    private Path csv(List<Product> products) throws IOException {
        Path file = work.resolve("products.csv");
        try (RecordWriter<Product> writer = CsvTable.of(Product.SCHEMA).write(file)) {
            writer.writeAll(products);
        }
        return file;
    }

    @Test
    void importsTheMadeUpCatalogueAndTheSameAgain() {
        List<Product> products = Catalogue.of(1).products();
        for (int round = 0; round < 2; round++) {
            assertThat(importInto("products_info")).as(err).isZero();

            assertThat(out.strip()).isEqualTo("Total insert : 5446");
            assertThat(err)
                    .startsWith(round == 0 ? "products_info: created" : "products_info: read")
                    .endsWith("products_info: read 5446 = accepted 5446 + rejected 0" + System.lineSeparator());
            assertThat(contents("products_info", products).values()).containsExactlyInAnyOrderElementsOf(products);
        }
    }

    @Test
    void importsAFileAndCountsWhatItCannotUse() throws IOException {
        List<Product> products = List.of(
                product("0012", "<b>'나' & \"너\"</b> 🚬"),
                product("12", "twice"),
                product("x".repeat(2_049), "too long a code"),
                product("12", "the last"));
        Path file = csv(products);
        Files.writeString(file, "a,b,c\n", StandardOpenOption.APPEND);

        assertThat(importInto("from_a_file", "--products", file.toString())).isZero();

        assertThat(out.strip()).isEqualTo("Total insert : 2");
        assertThat(err)
                .contains("from_a_file: rejected: Cannot write item xxx")
                .contains("1 products came more than once; of each the last stays")
                .contains("from_a_file: read 5 = accepted 3 + rejected 2");
        assertThat(contents("from_a_file", products).values())
                .containsExactlyInAnyOrder(products.get(0), products.get(3));
    }

    @Test
    void makesNoTableForAFileThatItCannotRead() {
        String missing = work.resolve("missing.csv").toString();

        assertThat(importInto("never_made", "--products", missing)).isEqualTo(1);

        assertThat(out).isEmpty();
        assertThat(err).startsWith("tributary: Cannot read " + missing).hasLineCount(1);
        assertThat(client.listTables().join().tableNames()).doesNotContain("never_made");
    }

    @Test
    void refusesATableOfAnotherKey() {
        DynamoTable.of(client, "orders", DynamoItems.of(TransactionOrder.SCHEMA, TransactionOrder.RECEIPT_NUM))
                .createIfMissing();

        assertThat(importInto("orders")).isEqualTo(1);

        assertThat(out).isEmpty();
        assertThat(err)
                .isEqualToIgnoringNewLines("tributary: Cannot create table orders: it exists with the key receipt_num"
                        + " (must be product_cd, of text; name another table)");
    }

    @Test
    void saysInALineThatThereAreNoCredentials() {
        CREDENTIALS.keySet().forEach(System::clearProperty);
        System.setProperty("aws.sharedCredentialsFile", work.resolve("none").toString());
        System.setProperty("aws.configFile", work.resolve("none").toString());
        try {
            assertThat(importInto("products_info")).isEqualTo(1);
        } finally {
            System.clearProperty("aws.sharedCredentialsFile");
            System.clearProperty("aws.configFile");
            CREDENTIALS.forEach(System::setProperty);
        }
        assertThat(out).isEmpty();
        assertThat(err)
                .startsWith("tributary: Cannot create table products_info: no AWS credentials were found (set ")
                .hasLineCount(1);
    }

    @Test
    void saysInALineThatNobodyAnswers() {
        URI nobody = URI.create("http://127.0.0.1:" + NodeEmulator.freePort());
        assertThat(importInto("products_info", "--endpoint-url", nobody.toString()))
                .isEqualTo(1);
        assertThat(err)
                .contains("Cannot create table products_info: could not connect")
                .hasLineCount(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "products | --region-name | Seoul | Invalid --region-name: Seoul (must be such as ap-northeast-2)",
                "products | --endpoint-url | localhost:80 | Invalid value for option '--endpoint-url': localhost:80",
                "제품 | --seed | 3 | Invalid table name: 제품",
                "products | --seed | x | Invalid value for option '--seed'",
            })
    void answersWrongUsageWithTwo(String table, String option, String value, String message) {
        assertThat(importInto(table, option, value)).isEqualTo(2);
        assertThat(err).startsWith("tributary: " + message);
    }

    @Test
    void takesEitherAFileOrASeed() {
        assertThat(importInto("products", "--seed", "3", "--products", "x.csv")).isEqualTo(2);
        assertThat(err).contains("mutually exclusive");
    }
}
