package io.tributary.examples.command;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tributary.batch.server.AthenaLake;
import io.tributary.batch.server.S3Server;
import io.tributary.serving.snapshot.SnapshotStore;
import io.tributary.testing.BatchViewStoreContract;
import io.tributary.testing.Promises;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import software.amazon.awssdk.services.s3.S3Client;

/** The store of batch views on S3 keeps the contract. */
class BucketSnapshotsIT {
    private final S3Client s3 = AthenaLake.started().s3();

    @TestFactory
    Stream<DynamicTest> keepsTheContract() {
        return Promises.of(BatchViewStoreContract.of(() -> SnapshotStore.inBucket(
                s3, "s3://%s/snapshots 담배+%%/%s/".formatted(S3Server.BUCKET, UUID.randomUUID()))));
    }

    @Test
    void refusesALocationThatIsNone() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SnapshotStore.inBucket(s3, "s3://lake/views"))
                .withMessage(
                        "Invalid location of snapshots: s3://lake/views (must be as s3://bucket/ or s3://bucket/prefix/)");
    }
}
