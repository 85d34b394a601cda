package io.tributary.serving.snapshot;

import io.tributary.aws.SdkReason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Objects of a bucket below a prefix; replaced by a conditional request. */
record S3Objects(S3Client client, String bucket, String prefix) implements SnapshotObjects {
    private static final int NOT_FOUND = 404;
    /** With the same status. */
    private static final String NO_BUCKET = "NoSuchBucket";

    /** Two writers put the same key at the same time: neither is known to have won. */
    private static final int CONFLICT = 409;

    private static final int PRECONDITION_FAILED = 412;

    @Override
    public Optional<Versioned> read(String key) throws IOException {
        try {
            ResponseBytes<GetObjectResponse> object =
                    client.getObjectAsBytes(request -> request.bucket(bucket).key(prefix + key));
            return Optional.of(new Versioned(
                    new String(object.asByteArray(), StandardCharsets.UTF_8),
                    object.response().eTag()));
        } catch (S3Exception e) {
            if (isAbsent(e)) {
                return Optional.empty();
            }
            throw failure("read", key, e);
        } catch (SdkException e) {
            throw failure("read", key, e);
        }
    }

    @Override
    public void put(String key, String text) throws IOException {
        try {
            client.putObject(request -> request.bucket(bucket).key(prefix + key), RequestBody.fromString(text));
        } catch (SdkException e) {
            throw failure("write", key, e);
        }
    }

    @Override
    public boolean replace(String key, String text, @Nullable String version) throws IOException {
        try {
            client.putObject(
                    request -> {
                        request.bucket(bucket).key(prefix + key);
                        if (version == null) {
                            request.ifNoneMatch("*");
                        } else {
                            request.ifMatch(version);
                        }
                    },
                    RequestBody.fromString(text));
            return true;
        } catch (S3Exception e) {
            // What was to be replaced may be gone.
            if (e.statusCode() == PRECONDITION_FAILED || e.statusCode() == CONFLICT || isAbsent(e)) {
                return false;
            }
            throw failure("replace", key, e);
        } catch (SdkException e) {
            throw failure("replace", key, e);
        }
    }

    @Override
    public List<String> list(String directory) throws IOException {
        try {
            return client
                    .listObjectsV2Paginator(request -> request.bucket(bucket).prefix(prefix + directory))
                    .contents()
                    .stream()
                    .map(S3Object::key)
                    .map(key -> key.substring(prefix.length()))
                    .toList();
        } catch (SdkException e) {
            throw failure("list", directory, e);
        }
    }

    @Override
    public void delete(String key) throws IOException {
        try {
            client.deleteObject(request -> request.bucket(bucket).key(prefix + key));
        } catch (SdkException e) {
            throw failure("delete", key, e);
        }
    }

    @Override
    public String describe(String key) {
        return "s3://%s/%s%s".formatted(bucket, prefix, key);
    }

    /** Whether the object is not there, though its bucket is. */
    private static boolean isAbsent(S3Exception e) {
        return e.statusCode() == NOT_FOUND
                && (e.awsErrorDetails() == null
                        || !NO_BUCKET.equals(e.awsErrorDetails().errorCode()));
    }

    private IOException failure(String verb, String key, SdkException e) {
        return new IOException("Cannot %s %s: %s".formatted(verb, describe(key), SdkReason.of(e)), e);
    }
}
