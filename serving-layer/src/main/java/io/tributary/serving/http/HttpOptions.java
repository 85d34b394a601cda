package io.tributary.serving.http;

import io.tributary.config.Limits;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a {@link ViewServer} listens and what it grants.
 *
 * @param host the address to listen on
 * @param port the port to listen on; 0 for any that is free
 * @param token what a caller has to give as a bearer token; null to ask for none
 * @param maxRange the longest range of event time that one request may name
 * @param maxRows the most rows of one answer
 * @param maxStreams the most live streams at a time
 * @param refreshInterval how often a view that someone watches is read; an answer that callers share is at most twice
 *     as old; a watched view that is slow to read is read less often
 * @param page a folder of the class path with a page to serve at the root; null for none
 */
public record HttpOptions(
        String host,
        int port,
        @Nullable String token,
        Duration maxRange,
        int maxRows,
        int maxStreams,
        Duration refreshInterval,
        @Nullable String page) {
    private static final int LAST_PORT = 65_535;
    private static final int SHORTEST_TOKEN = 16;
    private static final int MOST_STREAMS = 1_000;
    private static final int MOST_ROWS = 1_000_000;
    private static final Duration SHORTEST_REFRESH = Duration.ofMillis(20);
    private static final Duration LONGEST_REFRESH = Duration.ofMinutes(1);
    private static final HttpOptions DEFAULTS =
            new HttpOptions("127.0.0.1", 8080, null, Duration.ofDays(366), 50_000, 100, Duration.ofSeconds(1), null);

    public HttpOptions {
        Limits.check()
                .holds("host", host, !host.isBlank(), "an address, such as 127.0.0.1")
                .between("port", port, 0, LAST_PORT)
                .holdsOfSecret(
                        "token",
                        token == null
                                || (token.length() >= SHORTEST_TOKEN
                                        && token.chars().allMatch(c -> c > ' ' && c < 0x7f)),
                        "at least %d visible ASCII characters".formatted(SHORTEST_TOKEN))
                .atLeast("maxRange", maxRange, Duration.ofSeconds(1))
                .between("maxRows", maxRows, 1, MOST_ROWS)
                .between("maxStreams", maxStreams, 1, MOST_STREAMS)
                .between("refreshInterval", refreshInterval, SHORTEST_REFRESH, LONGEST_REFRESH)
                .holds(
                        "page",
                        page,
                        page == null || (page.startsWith("/") && page.length() > 1),
                        "a folder of the class path, such as /dashboard")
                .enforce();
    }

    /** On loopback, port 8080, without a token and without a page. */
    public static HttpOptions defaults() {
        return DEFAULTS;
    }

    /** Listens on another address; a server on one that other machines reach asks for a token, or does not start. */
    public HttpOptions withHost(String newHost) {
        return new HttpOptions(newHost, port, token, maxRange, maxRows, maxStreams, refreshInterval, page);
    }

    public HttpOptions withPort(int newPort) {
        return new HttpOptions(host, newPort, token, maxRange, maxRows, maxStreams, refreshInterval, page);
    }

    public HttpOptions withToken(String newToken) {
        return new HttpOptions(host, port, newToken, maxRange, maxRows, maxStreams, refreshInterval, page);
    }

    public HttpOptions withMaxRange(Duration newMaxRange) {
        return new HttpOptions(host, port, token, newMaxRange, maxRows, maxStreams, refreshInterval, page);
    }

    public HttpOptions withMaxRows(int newMaxRows) {
        return new HttpOptions(host, port, token, maxRange, newMaxRows, maxStreams, refreshInterval, page);
    }

    public HttpOptions withMaxStreams(int newMaxStreams) {
        return new HttpOptions(host, port, token, maxRange, maxRows, newMaxStreams, refreshInterval, page);
    }

    public HttpOptions withRefreshInterval(Duration newRefreshInterval) {
        return new HttpOptions(host, port, token, maxRange, maxRows, maxStreams, newRefreshInterval, page);
    }

    /** Serves a page from a folder of the class path, and the web jars under {@code /webjars}. */
    public HttpOptions withPage(String newPage) {
        return new HttpOptions(host, port, token, maxRange, maxRows, maxStreams, refreshInterval, newPage);
    }

    /** Without the token itself. */
    @Override
    public String toString() {
        return "HttpOptions[host=%s, port=%d, token=%s, maxRange=%s, maxRows=%d, maxStreams=%d, refreshInterval=%s, page=%s]"
                .formatted(
                        host,
                        port,
                        token == null ? "none" : "given",
                        maxRange,
                        maxRows,
                        maxStreams,
                        refreshInterval,
                        page);
    }
}
