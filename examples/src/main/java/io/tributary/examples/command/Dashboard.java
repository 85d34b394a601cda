package io.tributary.examples.command;

import io.tributary.examples.pipeline.EmbeddedPipeline;
import io.tributary.retail.EnrichedOrder;
import io.tributary.serving.http.HttpOptions;
import io.tributary.serving.http.LiveRecords;
import io.tributary.serving.http.ViewServer;
import java.awt.AWTError;
import java.awt.Desktop;
import java.awt.GraphicsEnvironment;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;

/** The page over a pipeline, and a browser that shows it. */
final class Dashboard implements AutoCloseable {
    static final String PAGE = "/dashboard";
    private static final Duration REFRESH = Duration.ofMillis(250);

    private final LiveRecords<EnrichedOrder> records = LiveRecords.of(EnrichedOrder.SCHEMA);
    private final ViewServer server;

    private Dashboard(EmbeddedPipeline pipeline, HttpOptions options) {
        this.server = ViewServer.start(pipeline.views(), records, options);
        pipeline.meters().bindTo(server.meters());
    }

    /** How it is served on a port of this machine. */
    static HttpOptions on(int port) {
        return HttpOptions.defaults()
                .withPort(port)
                .withRefreshInterval(REFRESH)
                .withPage(PAGE);
    }

    static Dashboard start(EmbeddedPipeline pipeline, HttpOptions options) {
        return new Dashboard(pipeline, options);
    }

    URI uri() {
        return server.uri();
    }

    /** Shows an order in the raw stream. */
    void sent(EnrichedOrder order) {
        records.accept(order);
    }

    /** Opens the page in the user's browser, where there is one. */
    void open() {
        try {
            if (!GraphicsEnvironment.isHeadless() && Desktop.isDesktopSupported()) {
                Desktop.getDesktop().browse(uri());
            }
        } catch (IOException | UnsupportedOperationException | AWTError | LinkageError e) {
            System.err.println("Cannot open a browser (open %s yourself): %s".formatted(uri(), Failures.line(e)));
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
