package io.tributary.examples.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All orders of a file come into the lake, once, or none. */
class IngestCommandTest {
    private static final String ORDERS = """
            tr_date,tr_time,store_cd,store_name,pos_num,receipt_num,product_cd,qty,mount,tr_datetime
            2015-01-02,20,1,x,1,1,0880,1,10.0,2015-01-02T20:45:22
            2015-01-02,20,1,x,1,2,0880,1,10.0,2015-01-02T20:45:23
            """;

    @TempDir
    private Path work;

    @BeforeEach
    void writeCatalogue() throws IOException {
        Files.writeString(work.resolve("products.csv"), """
                division_cd,division_name,maincategory_cd,maincategory_name,subcategory_cd,subcategory_name,product_cd,product_name,is_pb
                1,d,1,m,1,s,0880,p,N
                """);
    }

    private Captured ingest(String orders, String... more) throws IOException {
        Path file = Files.writeString(work.resolve("orders.csv"), orders);
        Stream<String> arguments = Stream.of(
                        "ingest",
                        "--orders",
                        file,
                        "--products",
                        work.resolve("products.csv"),
                        "--lake",
                        work.resolve("lake"))
                .map(Object::toString);
        return Captured.run(Stream.concat(arguments, Stream.of(more)).toArray(String[]::new));
    }

    private List<Path> delivered() throws IOException {
        try (Stream<Path> files = Files.walk(work.resolve("lake/data/stream_data"))) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !file.endsWith("_SUCCESS"))
                    .toList();
        }
    }

    @Test
    void aFileThatIsBrokenAtItsEndLeavesNothing() throws IOException {
        Captured broken = ingest(ORDERS + "\"b\"b,\n", "--set", "writer.maxBytes=1");
        assertThat(broken.code()).isEqualTo(1);
        assertThat(broken.err()).contains("tributary: Cannot read on in ");
        assertThat(work.resolve("lake/data")).doesNotExist();

        Captured corrected = ingest(ORDERS);
        assertThat(corrected.code()).as(corrected.err()).isZero();
        assertThat(delivered())
                .singleElement()
                .satisfies(file -> assertThat(file).content().hasLineCount(2));
    }
}
