package io.tributary.serving.snapshot;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The fields of a JSON object that somebody else may have written. All problems are {@link IllegalArgumentException}s. */
record JsonFields(JsonNode json) {

    /** An object of a known format. */
    static JsonFields of(JsonNode json, int format) {
        if (!json.isObject()) {
            throw new IllegalArgumentException("it is torn: no JSON object is in it");
        }
        JsonFields fields = new JsonFields(json);
        if (fields.number("format") != format) {
            throw new IllegalArgumentException(
                    "its format is %s (this version reads %d; use a newer one)".formatted(json.get("format"), format));
        }
        return fields;
    }

    boolean has(String name) {
        return json.has(name);
    }

    private JsonNode field(String name) {
        JsonNode field = json.get(name);
        if (field == null) {
            throw new IllegalArgumentException("it lacks %s".formatted(name));
        }
        return field;
    }

    String text(String name) {
        JsonNode field = field(name);
        if (!field.isTextual()) {
            throw new IllegalArgumentException("its %s is %s (must be a text)".formatted(name, field));
        }
        return field.asText();
    }

    long number(String name) {
        JsonNode field = field(name);
        if (!field.isIntegralNumber() || !field.canConvertToLong()) {
            throw new IllegalArgumentException("its %s is %s (must be an integer)".formatted(name, field));
        }
        return field.asLong();
    }

    Instant instant(String name) {
        try {
            return Instant.parse(text(name));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("its %s is no instant (%s)".formatted(name, e.getMessage()), e);
        }
    }

    List<JsonFields> objects(String name) {
        JsonNode field = field(name);
        if (!field.isArray()) {
            throw new IllegalArgumentException("its %s is %s (must be an array)".formatted(name, field));
        }
        List<JsonFields> objects = new ArrayList<>();
        field.forEach(object -> objects.add(new JsonFields(object)));
        return objects;
    }
}
