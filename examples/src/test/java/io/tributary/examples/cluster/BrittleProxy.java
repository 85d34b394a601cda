package io.tributary.examples.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Passes connections on to a server, until it is cut: then those that are open break off, wherever they are in
 * a request or an answer, and new ones are closed at once.
 */
final class BrittleProxy implements AutoCloseable {
    private final ServerSocket server;
    private final URI target;
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "brittle-proxy");
        thread.setDaemon(true);
        return thread;
    });
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile boolean cut;

    private BrittleProxy(ServerSocket server, URI target) {
        this.server = server;
        this.target = target;
    }

    static BrittleProxy before(URI target) {
        try {
            BrittleProxy proxy = new BrittleProxy(new ServerSocket(0, 100, InetAddress.getLoopbackAddress()), target);
            proxy.threads.execute(proxy::accept);
            return proxy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort());
    }

    void cut() {
        cut = true;
        open.forEach(BrittleProxy::close);
    }

    void mend() {
        cut = false;
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket caller = server.accept();
                if (cut) {
                    close(caller);
                } else {
                    join(caller);
                }
            } catch (IOException e) {
                // The server's socket is closed, or the target is away: the caller sees a broken connection.
            }
        }
    }

    private void join(Socket caller) throws IOException {
        open.add(caller);
        try {
            Socket called = new Socket(target.getHost(), target.getPort());
            open.add(called);
            threads.execute(() -> pass(caller, called));
            threads.execute(() -> pass(called, caller));
        } catch (IOException e) {
            close(caller);
            throw e;
        }
        if (cut) {
            open.forEach(BrittleProxy::close);
        }
    }

    private void pass(Socket from, Socket to) {
        try (InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            in.transferTo(out);
        } catch (IOException e) {
            // One side has gone, so the other goes too.
        } finally {
            close(from);
            close(to);
            open.remove(from);
            open.remove(to);
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It is closed.
        }
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            cut();
            threads.shutdownNow();
        }
    }
}
