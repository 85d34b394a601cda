package io.tributary.batch.server;

import io.tributary.aws.testing.NodeEmulator;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

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
        int port = NodeEmulator.freePort();
        return new S3Server(
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
                port);
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

    /** For the caller to close. */
    public S3Client client() {
        return clientBuilder().build();
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
