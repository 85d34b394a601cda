package io.tributary.examples.command;

import io.tributary.aws.Delivery;
import io.tributary.aws.DynamoException;
import io.tributary.aws.DynamoItems;
import io.tributary.aws.DynamoTable;
import io.tributary.aws.KinesisPublisher;
import io.tributary.aws.KinesisStream;
import io.tributary.aws.PublisherException;
import io.tributary.aws.PublisherOptions;
import io.tributary.aws.WireForm;
import io.tributary.enrich.CachedLookup;
import io.tributary.enrich.Lookup;
import io.tributary.examples.data.OrderGenerator;
import io.tributary.examples.metrics.Meters;
import io.tributary.examples.option.AwsOptions;
import io.tributary.examples.option.IsoDuration;
import io.tributary.examples.option.LibraryOptions;
import io.tributary.examples.option.Sections;
import io.tributary.examples.pipeline.OrderSender;
import io.tributary.examples.pipeline.PartitionKeys;
import io.tributary.retail.EnrichedOrder;
import io.tributary.retail.Product;
import io.tributary.retail.TransactionOrder;
import io.tributary.schema.Outcome;
import io.tributary.schema.Tally;
import io.tributary.serving.http.HttpOptions;
import io.tributary.serving.http.ViewServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import software.amazon.awssdk.http.Protocol;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;

@Command(
        name = "generate-orders",
        description = {
            "Send orders onto a Kinesis stream, which is created where it is missing.",
            "Each is joined with its product from a DynamoDB table and stamped with the time at which it is sent. The"
                    + " orders are made up, or those of a file. Told to stop, it still sends what its"
                    + " publisher has taken, for as long as publisher.giveUpAfter. Exits with 1 when the stream has not confirmed them all."
        })
final class GenerateOrdersCommand implements Callable<Integer> {
    private static final Duration CREATION = Duration.ofMinutes(2);
    private static final int SHOWN = 5;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private LibraryOptions library = new LibraryOptions();

    @Mixin
    private AwsOptions aws = new AwsOptions();

    @Option(
            names = "--dynamodb-table-name",
            required = true,
            paramLabel = "T",
            description = "The table of the products.")
    private String table = "";

    @Option(names = "--stream-name", required = true, paramLabel = "S", description = "The stream.")
    private String streamName = "";

    @Option(names = "--rate", paramLabel = "N", description = "The most orders a second (default: as fast as it goes).")
    private @Nullable Integer rate;

    @Option(
            names = "--input",
            paramLabel = "FILE",
            description = "Orders to send instead of made-up ones: CSV with a header, or JSON lines when the name ends"
                    + " with .ndjson, .jsonl or .json.")
    private @Nullable Path input;

    @Option(
            names = "--request-timeout",
            paramLabel = "DURATION",
            converter = IsoDuration.class,
            description = "How long a request may take before it is sent again"
                    + " (default: PT10S, or publisher.requestTimeout).")
    private @Nullable Duration requestTimeout;

    @Option(
            names = "--record-ids",
            description = "Add the field record_id, by which records that were sent twice can be told.")
    private boolean recordIds;

    @Option(
            names = "--metrics-port",
            paramLabel = "N",
            description = "Meanwhile serve what the publisher counts at /metrics of this port on this machine, for"
                    + " Prometheus (default: do not).")
    private @Nullable Integer metricsPort;

    @Mixin
    private DatasetOptions dataset = new DatasetOptions();

    private long rejectsTold;

    @Override
    public Integer call() throws Exception {
        requireSense();
        OrderGenerator madeUp = input == null ? dataset.generator() : null;
        PublisherOptions publishing = publishing();
        HttpOptions metrics = metrics();
        try (UntilInterrupted unused = UntilInterrupted.begin(publishing.giveUpAfter());
                DynamoDbAsyncClient dynamo =
                        aws.connect(DynamoDbAsyncClient.builder().httpClientBuilder(http()));
                KinesisAsyncClient kinesis =
                        aws.connect(KinesisAsyncClient.builder().httpClientBuilder(http()))) {
            KinesisStream stream = Usage.checked(spec, () -> new KinesisStream(streamName, kinesis));
            Lookup<String, Product> catalogue = CachedLookup.of(
                    Usage.checked(
                                    spec,
                                    () -> DynamoTable.of(
                                            dynamo, table, DynamoItems.of(Product.SCHEMA, Product.PRODUCT_CD)))
                            .with(library.get(Sections.CATALOGUE))
                            .lookup(),
                    library.get(Sections.CACHE));
            // No stream is created for a table that cannot be read.
            catalogue.find("0");
            if (stream.createIfMissing(CREATION)) {
                System.err.printf("created stream %s%n", streamName);
            }
            return sendTo(stream, catalogue, madeUp, publishing, metrics);
        }
    }

    private static NettyNioAsyncHttpClient.Builder http() {
        return NettyNioAsyncHttpClient.builder().protocol(Protocol.HTTP1_1);
    }

    private void requireSense() throws IOException {
        if (rate != null && rate < 1) {
            throw new ParameterException(
                    spec.commandLine(), "Invalid value for option '--rate': %d (must be at least 1)".formatted(rate));
        }
        if (input != null && spec.commandLine().getParseResult().hasMatchedOption("--orders")) {
            throw new ParameterException(spec.commandLine(), "Cannot use --orders with --input (give one of them)");
        }
        if (input != null && !Files.isReadable(input)) {
            throw new IOException("Cannot read %s: there is no such file, or it is not ours to read".formatted(input));
        }
    }

    private PublisherOptions publishing() throws IOException {
        PublisherOptions options = library.get(Sections.PUBLISHER);
        Duration timeout = requestTimeout;
        return timeout == null ? options : Usage.checked(spec, () -> options.withRequestTimeout(timeout));
    }

    private @Nullable HttpOptions metrics() {
        Integer port = metricsPort;
        return port == null
                ? null
                : Usage.checked(spec, () -> HttpOptions.defaults().withPort(port));
    }

    private int sendTo(
            KinesisStream stream,
            Lookup<String, Product> catalogue,
            @Nullable OrderGenerator madeUp,
            PublisherOptions publishing,
            @Nullable HttpOptions metrics)
            throws Exception {
        long start = System.nanoTime();
        PartitionKeys keys = new PartitionKeys(dataset.seed());
        WireForm<EnrichedOrder> form = recordIds
                ? WireForm.identifiedJson(EnrichedOrder.SCHEMA, order -> keys.next())
                : WireForm.json(EnrichedOrder.SCHEMA, order -> keys.next());
        KinesisPublisher<EnrichedOrder> publisher = KinesisPublisher.to(stream, form, publishing);
        OrderSender sender = new OrderSender(
                catalogue,
                publisher,
                rate == null ? OrderSender.UNPACED : rate,
                InstantSource.system(),
                this::tellRejected);
        Tally malformed = Tally.ZERO;
        boolean whole = false;
        try (@Nullable ViewServer unused = metrics == null ? null : serve(metrics, publisher);
                AutoCloseable sending = () -> close(publisher)) {
            malformed = madeUp == null ? sendFile(sender) : sendMadeUp(sender, madeUp);
            whole = true;
        } catch (InterruptedException | PublisherException | DynamoException e) {
            System.err.println("tributary: " + Failures.line(e));
        }
        Tally tally = sender.tally().plus(malformed);
        Delivery<EnrichedOrder> delivery = publisher.delivery();
        tell(tally, delivery, System.nanoTime() - start);
        if (whole && tally.accepted() == 0) {
            throw new IOException(
                    "Cannot send orders: none of their products is in table %s (import them first)".formatted(table));
        }
        return whole && delivery.isComplete() ? 0 : 1;
    }

    /** What is buffered is sent, also when the command is told to stop. */
    private static void close(KinesisPublisher<?> publisher) {
        try {
            publisher.close();
        } catch (PublisherException e) {
            if (!Thread.interrupted()) {
                throw e;
            }
            publisher.close();
        }
    }

    private ViewServer serve(HttpOptions metrics, KinesisPublisher<?> publisher) {
        ViewServer server = ViewServer.start(List.of(), metrics);
        Meters.ofPublisher(publisher, streamName).bindTo(server.meters());
        System.err.printf("metrics at %smetrics%n", server.uri());
        return server;
    }

    /** What of the file was no order. */
    private Tally sendFile(OrderSender sender) throws Exception {
        Tally read = RecordFile.ofOrders(Objects.requireNonNull(input)).forEach(sender::send);
        sender.sendAll();
        return new Tally(0, read.rejected());
    }

    private static Tally sendMadeUp(OrderSender sender, OrderGenerator generator) throws InterruptedException {
        Tenths tenths = new Tenths("orders", generator.count());
        Iterator<TransactionOrder> orders = generator.orders();
        while (orders.hasNext()) {
            sender.send(orders.next());
            tenths.to(sender.tally().read());
        }
        sender.sendAll();
        tenths.to(sender.tally().read());
        return Tally.ZERO;
    }

    private void tellRejected(Outcome.Rejected<EnrichedOrder> rejected) {
        if (rejectsTold++ < SHOWN) {
            System.err.printf("rejected: %s%n", rejected.rejection());
        }
    }

    private void tell(Tally tally, Delivery<EnrichedOrder> delivery, long nanos) {
        delivery.unacknowledged().stream()
                .limit(SHOWN)
                .forEach(record -> System.err.printf(
                        "not acknowledged: order %d: %s%s%n",
                        record.number(),
                        record.reason(),
                        record.possiblyWritten() ? " (it may be on the stream all the same)" : ""));
        double seconds = nanos / 1e9;
        System.err.printf(
                Locale.ROOT,
                "orders: %s; stream %s: acknowledged %d, unacknowledged %d, retried %d, possible duplicates %d;"
                        + " %.1f s, %,.0f records/s%n",
                tally,
                streamName,
                delivery.acknowledged(),
                delivery.unacknowledged().size(),
                delivery.retried(),
                delivery.possibleDuplicates(),
                seconds,
                delivery.acknowledged() / seconds);
    }
}
