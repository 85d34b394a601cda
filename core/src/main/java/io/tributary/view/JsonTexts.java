package io.tributary.view;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** A JSON array of texts, which every engine can write and read without doubt about its separators. */
final class JsonTexts {
    private static final JsonFactory JSON = new JsonFactory();

    private JsonTexts() {}

    static String format(Iterable<String> texts) {
        StringWriter out = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartArray();
            for (String text : texts) {
                json.writeString(text);
            }
            json.writeEndArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toString();
    }

    /** The elements as texts, whether they stand there as texts or as numbers. */
    static List<String> parse(String array) {
        List<String> texts = new ArrayList<>();
        try (JsonParser json = JSON.createParser(array)) {
            if (json.nextToken() != JsonToken.START_ARRAY) {
                throw invalid(array);
            }
            for (JsonToken token = json.nextToken(); token != JsonToken.END_ARRAY; token = json.nextToken()) {
                if (token == null || !token.isScalarValue() || token == JsonToken.VALUE_NULL) {
                    throw invalid(array);
                }
                texts.add(json.getText());
            }
            if (json.nextToken() != null) {
                throw invalid(array);
            }
        } catch (IOException e) {
            throw invalid(array);
        }
        return texts;
    }

    private static IllegalArgumentException invalid(String array) {
        return new IllegalArgumentException("Invalid aggregate state: %s (must be a JSON array of texts)"
                .formatted(array.length() > 60 ? array.substring(0, 60) + "…" : array));
    }
}
