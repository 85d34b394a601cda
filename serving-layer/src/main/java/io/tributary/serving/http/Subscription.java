package io.tributary.serving.http;

import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/** What one client hears of one source. It holds the newest state only: whoever is slow skips what is in between. */
interface Subscription extends AutoCloseable {

    /** What the client has not heard yet. */
    final class Event {
        private final String id;
        private final byte[] bytes;

        /** @param id where the client stands after it */
        Event(String id, byte[] bytes) {
            this.id = id;
            this.bytes = bytes;
        }

        void writeTo(OutputStream out, boolean withId) throws IOException {
            if (withId) {
                out.write(Events.id(id));
            }
            out.write(bytes);
        }
    }

    /** The name of the source. */
    String name();

    /** The next event; null when there is nothing new. */
    @Nullable
    Event next();

    @Override
    void close();
}
