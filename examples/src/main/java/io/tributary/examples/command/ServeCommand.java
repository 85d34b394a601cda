package io.tributary.examples.command;

import io.tributary.examples.option.AwsOptions;
import io.tributary.examples.option.IsoDuration;
import io.tributary.examples.option.LibraryOptions;
import io.tributary.examples.option.Sections;
import io.tributary.examples.pipeline.DashboardViews;
import io.tributary.serving.LambdaView;
import io.tributary.serving.dynamo.DynamoOptions;
import io.tributary.serving.dynamo.DynamoSpeedStore;
import io.tributary.serving.http.HttpOptions;
import io.tributary.serving.http.ViewServer;
import io.tributary.serving.snapshot.SnapshotFollower;
import io.tributary.serving.snapshot.SnapshotStore;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;

@Command(
        name = "serve",
        description = {
            "Serve the dashboard and the HTTP API over layers that run elsewhere: the speed job's table on DynamoDB, and"
                    + " the snapshots of batch views in a directory or a bucket.",
            "Newly published snapshots are taken over as they come. Runs until it is stopped; listens on this machine"
                    + " only, unless --host says otherwise."
        })
final class ServeCommand implements Callable<Integer> {
    private static final String BUCKET = "s3://";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--speed-table-name",
            required = true,
            paramLabel = "T",
            description = "The DynamoDB table of the speed store.")
    private String table = "";

    @Option(
            names = "--views",
            required = true,
            paramLabel = "DIR|s3://BUCKET/PREFIX/",
            description = "Where the snapshots are: batch_views in the lake, unless they were put elsewhere.")
    private String snapshots = "";

    @Option(
            names = "--refresh",
            paramLabel = "DURATION",
            converter = IsoDuration.class,
            defaultValue = "PT10S",
            description = "How often to look for new snapshots (default: ${DEFAULT-VALUE}).")
    private Duration refresh = Duration.ZERO;

    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            description = "The address to listen on; one that other machines reach needs --token-file"
                    + " (default: 127.0.0.1, or http.host).")
    private @Nullable String host;

    @Option(
            names = "--port",
            paramLabel = "N",
            description = "The port to listen on; 0 for any that is free (default: 8080, or http.port).")
    private @Nullable Integer port;

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description =
                    "A file with the bearer token that callers have to give (default: none is asked for). The page"
                            + " takes it from its address: /#token=TOKEN.")
    private @Nullable Path tokenFile;

    @Mixin
    private LibraryOptions library = new LibraryOptions();

    @Mixin
    private AwsOptions aws = new AwsOptions();

    @Mixin
    private S3Connection s3 = new S3Connection();

    @Override
    public Integer call() throws Exception {
        try (UntilInterrupted process = UntilInterrupted.begin();
                Opened opened = new Opened()) {
            System.out.printf("The dashboard is at %s (stop with Ctrl-C)%n", serve(opened));
            System.out.flush();
            process.await();
            return 0;
        }
    }

    /** What is open while views are served, to be closed in the opposite order. */
    static final class Opened implements AutoCloseable {
        private final Deque<Runnable> closings = new ArrayDeque<>();

        @Override
        public void close() {
            RuntimeException failure = null;
            for (Runnable closing : closings) {
                try {
                    closing.run();
                } catch (RuntimeException e) {
                    if (failure == null) {
                        failure = e;
                    } else {
                        failure.addSuppressed(e);
                    }
                }
            }
            if (failure != null) {
                throw failure;
            }
        }
    }

    /** Opens all and tells where the page is. */
    URI serve(Opened opened) throws IOException {
        Deque<Runnable> closings = opened.closings;
        if (!snapshots.startsWith(BUCKET)) {
            Usage.refuse(spec, "with --views DIR (no S3 is asked then; leave it out)", "--s3-endpoint-url");
        }
        HttpOptions options = options();
        DynamoOptions patience = library.get(Sections.STORE);
        DynamoDbClient dynamo =
                aws.connect(DynamoDbClient.builder().httpClientBuilder(UrlConnectionHttpClient.builder()));
        closings.push(dynamo::close);
        S3Client bucket = s3.client(aws.region());
        closings.push(bucket::close);
        DynamoSpeedStore speed = Usage.checked(spec, () -> DynamoSpeedStore.open(dynamo, table, patience));
        closings.push(speed::close);
        List<LambdaView<?>> views = DashboardViews.all().stream()
                .<LambdaView<?>>map(view -> LambdaView.of(view, speed))
                .toList();
        // A table that is missing is told at once, not to the first who looks.
        views.get(0).read();
        SnapshotFollower follower = SnapshotFollower.start(views, store(bucket), refresh);
        closings.push(follower::close);
        ViewServer server = Usage.checked(spec, () -> ViewServer.start(views, options));
        closings.push(server::close);
        return server.uri();
    }

    private SnapshotStore store(S3Client bucket) throws IOException {
        if (snapshots.startsWith(BUCKET)) {
            return Usage.checked(spec, () -> SnapshotStore.inBucket(bucket, snapshots));
        }
        Path directory = Path.of(snapshots);
        if (!Files.isDirectory(directory)) {
            throw new IOException("Cannot read %s: there is no such directory (build views with 'batch refresh')"
                    .formatted(directory));
        }
        return SnapshotStore.inDirectory(directory);
    }

    private HttpOptions options() throws IOException {
        if (refresh.toMillis() < 1) {
            throw new ParameterException(
                    spec.commandLine(), "Invalid --refresh: %s (must be at least PT0.001S)".formatted(refresh));
        }
        HttpOptions given = library.get(Sections.HTTP);
        String read = TokenFile.read(tokenFile);
        String token = read == null ? given.token() : read;
        HttpOptions options = Usage.checked(
                spec,
                () -> new HttpOptions(
                        host == null ? given.host() : host,
                        port == null ? given.port() : port,
                        token,
                        given.maxRange(),
                        given.maxRows(),
                        given.maxStreams(),
                        given.refreshInterval(),
                        given.page() == null ? Dashboard.PAGE : given.page()));
        if (token == null && !address(options.host()).isLoopbackAddress()) {
            throw invalidHost(options.host(), "other machines reach it; give --token-file, too");
        }
        return options;
    }

    private InetAddress address(String name) {
        try {
            return InetAddress.getByName(name);
        } catch (UnknownHostException e) {
            throw invalidHost(name, "must be an address of this machine, such as 127.0.0.1");
        }
    }

    private ParameterException invalidHost(String name, String fix) {
        return new ParameterException(
                spec.commandLine(), "Invalid %s: %s (%s)".formatted(host == null ? "http.host" : "--host", name, fix));
    }
}
