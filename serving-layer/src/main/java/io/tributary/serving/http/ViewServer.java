package io.tributary.serving.http;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.staticfiles.Location;
import io.javalin.util.JavalinBindException;
import io.micrometer.core.instrument.MeterRegistry;
import io.tributary.serving.LambdaView;
import java.net.URI;
import java.util.Collection;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.resource.Resource;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;

/**
 * Serves views over HTTP: {@code /api/views}, {@code /api/views/NAME} as JSON or CSV,
 * {@code /api/views/NAME/live} and, for several at once, {@code /api/live} as server-sent events,
 * {@code /health} and {@code /metrics}. Each answer has its coverage.
 *
 * <p>All clients that watch a view share its reads. Failures are problem details (RFC 9457). One thread
 * serves one live stream, so a server has at most as many threads as streams and a few dozen more.
 */
public final class ViewServer implements AutoCloseable {
    private static final int REQUEST_THREADS = 32;
    /** So that a view that is slow to read holds up no other; few, as each may have a whole view in memory. */
    private static final int READERS = 4;

    private static final long IDLE_MILLIS =
            LiveStreams.HEARTBEAT.multipliedBy(4).toMillis();

    private final Javalin javalin;
    private final LiveStreams streams;
    private final ScheduledExecutorService reader;
    private final ServerMetrics metrics;
    private final HttpOptions options;

    private ViewServer(
            Collection<? extends LambdaView<?>> views, @Nullable LiveRecords<?> records, HttpOptions options) {
        this.options = options;
        Access access = new Access(options);
        checkPage(options.page());
        ViewCatalogue catalogue = new ViewCatalogue(views);
        this.metrics = new ServerMetrics(catalogue.all());
        this.reader = Executors.newScheduledThreadPool(READERS, work -> {
            Thread thread = new Thread(work, "tributary-live-reader");
            thread.setDaemon(true);
            return thread;
        });
        this.streams = new LiveStreams(options.maxStreams(), options.refreshInterval(), metrics.streams());
        Feeds feeds = new Feeds(catalogue, records, options, reader, metrics);
        this.javalin = Javalin.create(config -> configure(config, options));
        new Routes(catalogue, feeds, streams, options, metrics).addTo(javalin, access);
    }

    private static void checkPage(@Nullable String page) {
        if (page != null && Resource.newClassPathResource(page) == null) {
            throw new IllegalArgumentException("Invalid page: %s (no such folder on the class path)".formatted(page));
        }
    }

    /**
     * Serves views until it is closed.
     *
     * @throws IllegalArgumentException when other machines reach its host and there is no token, or there is no such
     *     page
     * @throws IllegalStateException when it cannot listen there
     */
    public static ViewServer start(Collection<? extends LambdaView<?>> views, HttpOptions options) {
        return started(new ViewServer(views, null, options));
    }

    /** The same, with the tail of a stream at {@code /api/records/live}. */
    public static ViewServer start(
            Collection<? extends LambdaView<?>> views, LiveRecords<?> records, HttpOptions options) {
        return started(new ViewServer(views, records, options));
    }

    private static ViewServer started(ViewServer server) {
        try {
            server.javalin.start();
            return server;
        } catch (JavalinBindException e) {
            server.close();
            throw new IllegalStateException(
                    "Cannot listen on port %d of %s: it is in use or not ours (choose another port)"
                            .formatted(server.options.port(), server.options.host()),
                    e);
        } catch (RuntimeException e) {
            server.close();
            throw e;
        }
    }

    private static void configure(JavalinConfig config, HttpOptions options) {
        config.showJavalinBanner = false;
        config.http.prefer405over404 = true;
        // One path for each route, as who may ask is told by the path.
        config.router.ignoreTrailingSlashes = false;
        config.http.gzipOnlyCompression();
        QueuedThreadPool threads = new QueuedThreadPool(options.maxStreams() + REQUEST_THREADS, 8);
        threads.setName("tributary-http");
        threads.setDaemon(true);
        config.jetty.threadPool = threads;
        config.jetty.addConnector((server, http) -> connector(server, http, options));
        if (options.page() != null) {
            String page = options.page();
            config.staticFiles.enableWebjars();
            config.staticFiles.add(files -> {
                files.directory = page;
                files.location = Location.CLASSPATH;
                files.headers.put("Cache-Control", "no-cache");
            });
        }
    }

    private static ServerConnector connector(Server server, HttpConfiguration http, HttpOptions options) {
        http.setSendServerVersion(false);
        ServerConnector connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
        connector.setHost(options.host());
        connector.setPort(options.port());
        connector.setIdleTimeout(IDLE_MILLIS);
        return connector;
    }

    /** What is at {@code /metrics}; bind to it what else this process counts. */
    public MeterRegistry meters() {
        return metrics.registry();
    }

    public int port() {
        return javalin.port();
    }

    /** Where it listens. */
    public URI uri() {
        String host = options.host().indexOf(':') >= 0 ? "[%s]".formatted(options.host()) : options.host();
        return URI.create("http://%s:%d/".formatted(host, port()));
    }

    @Override
    public void close() {
        streams.close();
        javalin.stop();
        reader.shutdownNow();
        metrics.close();
    }
}
