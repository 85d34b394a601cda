package io.tributary.serving.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.retail.EnrichedOrder;
import io.tributary.view.View;
import java.io.IOException;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

class SnapshotBucketTest {
    private static final View<EnrichedOrder> VIEW = Snapshots.VIEW;

    /** Has no bucket. */
    private record NoClient() implements S3Client {
        @Override
        public <T> T getObject(GetObjectRequest request, ResponseTransformer<GetObjectResponse, T> transformer) {
            throw S3Exception.builder()
                    .statusCode(404)
                    .awsErrorDetails(AwsErrorDetails.builder()
                            .errorCode("NoSuchBucket")
                            .errorMessage("The specified bucket does not exist")
                            .build())
                    .build();
        }

        @Override
        public String serviceName() {
            return "s3";
        }

        @Override
        public void close() {}
    }

    @Test
    void aBucketHasAPrefixOrNone() {
        S3Client client = new NoClient();

        assertThat(SnapshotStore.inBucket(client, "s3://lake/").objects().describe("head.json"))
                .isEqualTo("s3://lake/head.json");
        assertThat(SnapshotStore.inBucket(client, "s3a://lake/batch/views/")
                        .objects()
                        .describe("head.json"))
                .isEqualTo("s3://lake/batch/views/head.json");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SnapshotStore.inBucket(client, "s3://lake/views"))
                .withMessage(
                        "Invalid location of snapshots: s3://lake/views (must be as s3://bucket/ or s3://bucket/prefix/)");
    }

    /** It is not one that nothing was published to. */
    @Test
    void aBucketThatIsNotThereIsTold() {
        SnapshotStore store = SnapshotStore.inBucket(new NoClient(), "s3://lakee/views/");
        List<ThrowingCallable> reads = List.of(
                () -> store.newest(VIEW),
                () -> store.epoch(VIEW),
                () -> store.leastCut(VIEW),
                () -> store.begin(VIEW),
                () -> store.beginAnew(VIEW));
        assertThat(reads)
                .allSatisfy(read -> assertThatThrownBy(read)
                        .isInstanceOf(IOException.class)
                        .hasMessageStartingWith("Cannot read s3://lakee/views/" + VIEW.name() + "/head.json: ")
                        .hasMessageContaining("NoSuchBucket"));
    }
}
