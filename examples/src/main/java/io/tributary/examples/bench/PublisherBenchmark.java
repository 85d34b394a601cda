package io.tributary.examples.bench;

import io.tributary.aws.KinesisPublisher;
import io.tributary.aws.KinesisStream;
import io.tributary.aws.PublisherOptions;
import io.tributary.aws.WireForm;
import io.tributary.aws.testing.NodeEmulator;
import io.tributary.codec.JsonLines;
import io.tributary.retail.EnrichedOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResponse;

/** Orders onto a stream, by the publisher and by the SDK's client alone. */
final class PublisherBenchmark implements Benchmark {
    private static final double ONE_A_CALL = 30;
    private static final double LEVEL = 1;
    private static final int BATCH = 500;
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    /** Calls by hand keep no order, so neither does the publisher. */
    private static final PublisherOptions OPTIONS = PublisherOptions.defaults()
            .withOrdering(PublisherOptions.Ordering.NONE)
            .withRequests(4)
            .withRequestTimeout(Duration.ofMinutes(2));

    private final JsonLines<EnrichedOrder> json = JsonLines.of(EnrichedOrder.SCHEMA);

    @Override
    public String name() {
        return "publisher";
    }

    @Override
    public String summary() {
        return "orders onto a stream, against one a call and against calls of 500 by hand (kinesis-local)";
    }

    @Override
    public void run(Scale scale, Consumer<Line> lines) throws Exception {
        List<EnrichedOrder> orders = OrdersLake.orders((int) scale.of(500, 2_000));
        List<EnrichedOrder> some = orders.subList(0, (int) scale.of(20, 200));
        try (NodeEmulator emulator = NodeEmulator.kinesis();
                KinesisAsyncClient client = EmulatedAws.kinesis(emulator)) {
            new Rates(
                            "publisher",
                            "orders",
                            () -> onStream(client, orders, PublisherBenchmark::publish),
                            List.of(
                                    new Rates.Rival(
                                            "one order a call",
                                            ONE_A_CALL,
                                            () -> onStream(client, some, this::oneByOne)),
                                    new Rates.Rival(
                                            "calls of %d by hand, %d at a time".formatted(BATCH, OPTIONS.requests()),
                                            LEVEL,
                                            () -> onStream(client, orders, this::byHand))))
                    .run(scale)
                    .forEach(lines);
        }
    }

    /** Puts orders on a stream. */
    private interface Side {
        void put(KinesisStream stream, List<EnrichedOrder> orders) throws Exception;
    }

    /** On a stream of its own, since the emulator takes the longer for a record the more the stream has. */
    private static double onStream(KinesisAsyncClient client, List<EnrichedOrder> orders, Side side) throws Exception {
        KinesisStream stream = new KinesisStream("orders-" + UUID.randomUUID(), client);
        stream.createIfMissing(PATIENCE);
        double rate = Rates.of(orders.size(), () -> side.put(stream, orders));
        client.deleteStream(request -> request.streamName(stream.name())).join();
        return rate;
    }

    private static String key(EnrichedOrder order) {
        return order.storeCode() + order.posNumber() + order.receiptNumber();
    }

    private static void publish(KinesisStream stream, List<EnrichedOrder> orders) {
        KinesisPublisher<EnrichedOrder> publisher =
                KinesisPublisher.to(stream, WireForm.json(EnrichedOrder.SCHEMA, PublisherBenchmark::key), OPTIONS);
        try (publisher) {
            orders.forEach(publisher::publish);
        }
        check(publisher.delivery().acknowledged(), orders.size());
    }

    private void oneByOne(KinesisStream stream, List<EnrichedOrder> orders) {
        long done = 0;
        for (EnrichedOrder order : orders) {
            String number = stream.client()
                    .putRecord(request -> request.streamName(stream.name())
                            .partitionKey(key(order))
                            .data(SdkBytes.fromByteArrayUnsafe(json.encode(order))))
                    .join()
                    .sequenceNumber();
            done += number.isEmpty() ? 0 : 1;
        }
        check(done, orders.size());
    }

    private void byHand(KinesisStream stream, List<EnrichedOrder> orders) throws InterruptedException {
        Semaphore free = new Semaphore(OPTIONS.requests());
        List<CompletableFuture<PutRecordsResponse>> calls = new ArrayList<>();
        for (int i = 0; i < orders.size(); i += BATCH) {
            List<PutRecordsRequestEntry> entries = orders.subList(i, Math.min(orders.size(), i + BATCH)).stream()
                    .map(order -> PutRecordsRequestEntry.builder()
                            .partitionKey(key(order))
                            .data(SdkBytes.fromByteArrayUnsafe(json.encode(order)))
                            .build())
                    .toList();
            free.acquire();
            calls.add(stream.client()
                    .putRecords(request -> request.streamName(stream.name()).records(entries))
                    .whenComplete((response, failure) -> free.release()));
        }
        long done = 0;
        for (CompletableFuture<PutRecordsResponse> call : calls) {
            PutRecordsResponse response = call.join();
            done += response.records().size() - response.failedRecordCount();
        }
        check(done, orders.size());
    }

    private static void check(long acknowledged, long orders) {
        if (acknowledged != orders) {
            throw new IllegalStateException(
                    "Cannot compare publishers: %d of %d orders are on the stream".formatted(acknowledged, orders));
        }
    }
}
