package io.tributary.examples.lake;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.batch.lake.LakeContents;
import io.tributary.batch.lake.S3Lake;
import io.tributary.batch.lake.SealedPartition;
import io.tributary.batch.server.S3Server;
import io.tributary.codec.JsonLines;
import io.tributary.lake.LakeFile;
import io.tributary.speed.LaterSeals;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.fs.FileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.services.s3.S3Client;

/** A job that fails writes its lake to S3 by Flink's file system, and the batch layer reads it by the SDK. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class S3DeliveryIT {
    private static final int RECORDS = 400;
    private static final String LOCATION = "s3://%s/delivered/".formatted(S3Server.BUCKET);
    private static final Instant START = Instant.parse("2023-09-07T04:10:00Z");
    /** An hour of the test lasts at most half a second. */
    private static final int SPEED = 7_200;

    @Test
    void eachRecordIsInTheLakeOnceThoughTheJobFails() throws Exception {
        try (S3Server server = S3Server.start();
                S3Client s3 = server.client()) {
            Configuration files = new Configuration();
            files.setString("s3.endpoint", server.endpoint().toString());
            files.setString("s3.path.style.access", "true");
            files.setString("s3.access-key", "test");
            files.setString("s3.secret-key", "test");
            FileSystem.initialize(files, null);

            DeliveryJob.FAILURES.set(2);
            new DeliveryJob(LOCATION, FastClock.from(START, SPEED), RECORDS, 2, LaterSeals.REFUSE)
                    .start()
                    .getJobExecutionResult()
                    .get();

            assertThat(DeliveryJob.FAILURES).hasNonPositiveValue();
            S3Lake<NumberedRecord> lake = S3Lake.at(s3, LOCATION, DeliveryJob.LAYOUT, NumberedRecord.SCHEMA);
            LakeContents contents = lake.contents(lake.newestCut().orElseThrow());
            assertThat(contents.holes()).isEmpty();
            assertThat(contents.partitions()).hasSizeGreaterThan(1);
            assertThat(numbers(s3, contents))
                    .isEqualTo(LongStream.range(0, RECORDS).boxed().toList());
        } finally {
            FileSystem.initialize(new Configuration(), null);
        }
    }

    private static List<Long> numbers(S3Client s3, LakeContents contents) throws Exception {
        JsonLines<NumberedRecord> format = JsonLines.of(NumberedRecord.SCHEMA);
        List<Long> numbers = new ArrayList<>();
        for (SealedPartition partition : contents.partitions()) {
            for (LakeFile file : partition.manifest().files()) {
                String key = "delivered/" + partition.partition().path() + file.name();
                try (InputStream in =
                        s3.getObject(request -> request.bucket(S3Server.BUCKET).key(key))) {
                    byte[] bytes = in.readAllBytes();
                    assertThat(LakeFile.measure(file.name(), new ByteArrayInputStream(bytes)))
                            .isEqualTo(file);
                    for (String line :
                            new String(bytes, StandardCharsets.UTF_8).lines().toList()) {
                        numbers.add(format.decode(line.getBytes(StandardCharsets.UTF_8))
                                .orElseThrow()
                                .number());
                    }
                }
            }
        }
        Collections.sort(numbers);
        return numbers;
    }
}
