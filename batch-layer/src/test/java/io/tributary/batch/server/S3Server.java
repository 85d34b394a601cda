package io.tributary.batch.server;

import io.tributary.aws.testing.NodeEmulator;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.function.Function;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.DelegatingS3Client;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Request;

/** S3 in a JVM of its own, with one bucket. */
public final class S3Server implements AutoCloseable {
    public static final String BUCKET = "lake";

    private final JavaServer server;
    private final int port;

    private S3Server(JavaServer server, int port) {
        this.server = server;
        this.port = port;
    }

    public static S3Server start() {
        return NodeEmulator.onFreePort(port -> new S3Server(
                JavaServer.start(
                        "s3",
                        List.of(
                                "-Xmx256m",
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                "-Dhttp.port=" + port,
                                "-Dserver.port=0",
                                "-Dcom.adobe.testing.s3mock.store.initialBuckets=" + BUCKET,
                                "com.adobe.testing.s3mock.S3MockApplication"),
                        () -> isListening(port)),
                port));
    }

    private static boolean isListening(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /**
     * For the caller to close. S3 looks at the condition of a put and writes in one step; S3Mock does so in two,
     * between which others may write, unless one such put waits for the other.
     */
    public S3Client client() {
        return new DelegatingS3Client(clientBuilder().build()) {
            @Override
            protected <T extends S3Request, R> R invokeOperation(T request, Function<T, R> operation) {
                if (!isConditionalPut(request)) {
                    return operation.apply(request);
                }
                synchronized (server) {
                    return operation.apply(request);
                }
            }
        };
    }

    private static boolean isConditionalPut(S3Request request) {
        return request instanceof PutObjectRequest put && (put.ifMatch() != null || put.ifNoneMatch() != null);
    }

    public S3ClientBuilder clientBuilder() {
        return S3Client.builder()
                .endpointOverride(endpoint())
                .forcePathStyle(true)
                .region(Region.AP_NORTHEAST_2)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
                .httpClientBuilder(UrlConnectionHttpClient.builder());
    }

    @Override
    public void close() {
        server.close();
    }
}
