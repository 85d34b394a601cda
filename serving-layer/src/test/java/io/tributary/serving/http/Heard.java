package io.tributary.serving.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An event as a client hears it. */
record Heard(String id, String name, JsonNode data) {
    private static final Pattern EVENT = Pattern.compile("id: (.*)\nevent: (.+)\ndata: (.+)\n\n");

    /** The next event, which there must be. */
    static Heard heard(Subscription subscription) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Objects.requireNonNull(subscription.next()).writeTo(bytes, true);
        String text = bytes.toString(StandardCharsets.UTF_8);
        Matcher matcher = EVENT.matcher(text);
        if (!matcher.matches()) {
            throw new IOException("Invalid event: " + text);
        }
        return new Heard(matcher.group(1), matcher.group(2), LivePage.JSON.readTree(matcher.group(3)));
    }

    List<String> texts(String field) {
        List<String> texts = new ArrayList<>();
        data.get(field).forEach(text -> texts.add(text.toString()));
        return texts;
    }
}
