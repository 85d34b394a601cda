package io.tributary.serving.http;

import java.nio.charset.StandardCharsets;

/** The wire form of server-sent events. */
final class Events {
    private Events() {}

    /** @param data one line */
    static byte[] event(String name, byte[] data) {
        byte[] head = "event: %s\ndata: ".formatted(name).getBytes(StandardCharsets.UTF_8);
        byte[] event = new byte[head.length + data.length + 2];
        System.arraycopy(head, 0, event, 0, head.length);
        System.arraycopy(data, 0, event, head.length, data.length);
        event[event.length - 2] = '\n';
        event[event.length - 1] = '\n';
        return event;
    }

    /** The line that lets a client go on where it was; stands before its event. */
    static byte[] id(String id) {
        return "id: %s\n".formatted(id).getBytes(StandardCharsets.UTF_8);
    }

    static byte[] retry(long millis) {
        return "retry: %d\n\n".formatted(millis).getBytes(StandardCharsets.UTF_8);
    }

    static byte[] heartbeat() {
        return ":\n\n".getBytes(StandardCharsets.UTF_8);
    }

    /** Tells that a source cannot be shown. */
    static byte[] problem(String source, String detail) {
        return event("problem", AnswerJson.object(json -> {
            json.writeStringField("view", source);
            json.writeStringField("detail", detail);
        }));
    }
}
