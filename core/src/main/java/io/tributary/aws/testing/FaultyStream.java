package io.tributary.aws.testing;

import io.tributary.aws.KinesisStream;
import io.tributary.testing.Faults;
import io.tributary.testing.Faults.Fault;
import io.tributary.testing.Faults.InjectedFaultException;
import java.io.IOException;
import java.net.ConnectException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ForkJoinPool;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequest;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResultEntry;

/**
 * A Kinesis stream in memory to which requests, or their answers, may be lost: for a real publisher, which sends again
 * what it must. It answers on another thread, has one shard, and knows no request but {@code PutRecords}. Safe for threads.
 */
public final class FaultyStream {
    private final KinesisStream stream;
    private final List<Stored> records = new ArrayList<>();
    private final Faults faults;

    /**
     * A record on the stream.
     *
     * @param text its bytes, read as UTF-8
     */
    public record Stored(String partitionKey, String text) {}

    private FaultyStream(String name, Faults faults) {
        this.stream = new KinesisStream(name, new Client());
        this.faults = faults;
    }

    /** An empty stream; each request of a publisher meets the next of the faults. */
    public static FaultyStream named(String name, Faults faults) {
        return new FaultyStream(name, faults);
    }

    /** For a publisher, which takes it as any other stream. */
    public KinesisStream stream() {
        return stream;
    }

    /** What has been written, copies of resent records too, in the order of the stream. */
    public synchronized List<Stored> records() {
        return List.copyOf(records);
    }

    private synchronized PutRecordsResponse write(PutRecordsRequest request) {
        List<PutRecordsResultEntry> results = new ArrayList<>();
        request.records().forEach(entry -> {
            results.add(PutRecordsResultEntry.builder()
                    .shardId("shardId-000000000000")
                    .sequenceNumber(String.valueOf(records.size()))
                    .build());
            records.add(new Stored(entry.partitionKey(), entry.data().asUtf8String()));
        });
        return PutRecordsResponse.builder()
                .records(results)
                .failedRecordCount(0)
                .build();
    }

    /** What the publisher asks of the SDK. */
    private final class Client implements KinesisAsyncClient {
        @Override
        public String serviceName() {
            return SERVICE_NAME;
        }

        @Override
        public CompletableFuture<PutRecordsResponse> putRecords(PutRecordsRequest request) {
            CompletableFuture<PutRecordsResponse> answer = new CompletableFuture<>();
            ForkJoinPool.commonPool().execute(() -> {
                try {
                    answer.complete(faults.call("put records", () -> write(request)));
                } catch (InjectedFaultException e) {
                    Throwable cause = e.fault() == Fault.FAIL_BEFORE
                            ? new ConnectException(e.getMessage())
                            : new IOException(e.getMessage());
                    answer.completeExceptionally(SdkClientException.create(e.getMessage(), cause));
                } catch (Exception e) {
                    answer.completeExceptionally(e);
                }
            });
            return answer;
        }

        @Override
        public void close() {
            // It holds nothing.
        }
    }
}
