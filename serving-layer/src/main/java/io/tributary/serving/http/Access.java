package io.tributary.serving.http;

import io.javalin.http.Context;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who may ask what, and what every answer tells a browser to refuse. */
final class Access {
    private static final String BEARER = "Bearer ";
    private static final Set<String> LOOPBACK_NAMES = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final Map<String, String> HEADERS = Map.of(
            "Content-Security-Policy",
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self';"
                    + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
            "X-Content-Type-Options",
            "nosniff",
            "X-Frame-Options",
            "DENY",
            "Referrer-Policy",
            "no-referrer",
            "Cross-Origin-Resource-Policy",
            "same-origin");

    private final byte @Nullable [] token;
    private final boolean loopback;
    private final String host;

    /** @throws IllegalArgumentException when there is no such address, or all who reach it could read */
    Access(HttpOptions options) {
        String secret = options.token();
        this.token = secret == null ? null : secret.getBytes(StandardCharsets.US_ASCII);
        this.host = options.host();
        this.loopback = isLoopback(host);
        if (!loopback && token == null) {
            throw new IllegalArgumentException(
                    "Invalid host: %s (other machines reach it; ask for a token, too)".formatted(host));
        }
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(
                    "Invalid host: %s (it has no address; try 127.0.0.1)".formatted(host), e);
        }
    }

    void check(Context context) {
        HEADERS.forEach(context::header);
        checkName(context.header("Host"));
        String path = context.path();
        boolean isData = path.startsWith("/api/") || path.equals("/metrics");
        if (isData) {
            context.header("Cache-Control", "no-store");
            checkToken(context);
        }
    }

    /** A page of another site that made its name point here would have sent that name. */
    private void checkName(@Nullable String header) {
        if (!loopback || header == null) {
            return;
        }
        String name = header.replaceFirst(":\\d+$", "");
        if (!LOOPBACK_NAMES.contains(name) && !name.equals(host)) {
            throw new ProblemException(421, "Cannot answer to another name (ask http://%s)".formatted(host));
        }
    }

    private void checkToken(Context context) {
        if (token == null) {
            return;
        }
        String given = context.header("Authorization");
        byte[] secret = given != null && given.regionMatches(true, 0, BEARER, 0, BEARER.length())
                ? given.substring(BEARER.length()).getBytes(StandardCharsets.UTF_8)
                : new byte[0];
        if (!MessageDigest.isEqual(token, secret)) {
            context.header("WWW-Authenticate", "Bearer");
            throw new ProblemException(401, "Cannot answer without the bearer token (send 'Authorization: Bearer …')");
        }
    }
}
