package io.tributary.lake;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The manifest as JSON. Fields that it does not know are passed by; a format that it does not know is refused. */
final class ManifestJson {
    private static final int FORMAT = 1;
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private ManifestJson() {}

    static String format(Manifest manifest) {
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter()
                .withObjectIndenter(new DefaultIndenter("  ", "\n"))
                .withArrayIndenter(new DefaultIndenter("  ", "\n"));
        StringWriter out = new StringWriter();
        try (JsonGenerator json = MAPPER.getFactory().createGenerator(out).setPrettyPrinter(printer)) {
            json.writeStartObject();
            json.writeNumberField("format", FORMAT);
            json.writeStringField("partition", manifest.partition());
            if (manifest.start() != null) {
                json.writeStringField("start", manifest.start().toString());
            }
            if (manifest.previous() != null) {
                json.writeStringField("previous", manifest.previous());
            }
            json.writeStringField("schema", manifest.schema());
            json.writeObjectFieldStart("columns");
            for (Map.Entry<String, String> column : manifest.columns().entrySet()) {
                json.writeStringField(column.getKey(), column.getValue());
            }
            json.writeEndObject();
            json.writeArrayFieldStart("files");
            for (LakeFile file : manifest.files()) {
                json.writeStartObject();
                json.writeStringField("name", file.name());
                json.writeNumberField("bytes", file.bytes());
                json.writeNumberField("records", file.records());
                json.writeStringField("crc32c", file.crc32c());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeNumberField("records", manifest.records());
            json.writeStringField("writer", manifest.writer().name());
            json.writeNumberField("writer_epoch", manifest.writer().epoch());
            json.writeStringField("sealed_at", manifest.sealedAt().toString());
            json.writeEndObject();
            json.writeRaw('\n');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toString();
    }

    static Manifest parse(String text) {
        JsonNode json;
        try {
            json = MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("it is torn or no JSON (%s)".formatted(e.getOriginalMessage()), e);
        }
        if (!json.isObject()) {
            throw new IllegalArgumentException("it is torn: no JSON object is in it");
        }
        if (number(json, "format") != FORMAT) {
            throw new IllegalArgumentException(
                    "its format is %s (this version reads %d; use a newer one)".formatted(json.get("format"), FORMAT));
        }
        Map<String, String> columns = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> column : field(json, "columns").properties()) {
            columns.put(column.getKey(), column.getValue().asText());
        }
        List<LakeFile> files = new ArrayList<>();
        for (JsonNode file : field(json, "files")) {
            files.add(new LakeFile(
                    text(file, "name"), number(file, "bytes"), number(file, "records"), text(file, "crc32c")));
        }
        return new Manifest(
                text(json, "partition"),
                json.has("start") ? instant(json, "start") : null,
                json.has("previous") ? text(json, "previous") : null,
                text(json, "schema"),
                columns,
                files,
                number(json, "records"),
                new Manifest.Writer(text(json, "writer"), number(json, "writer_epoch")),
                instant(json, "sealed_at"));
    }

    private static JsonNode field(JsonNode json, String name) {
        JsonNode field = json.get(name);
        if (field == null) {
            throw new IllegalArgumentException("it lacks %s".formatted(name));
        }
        return field;
    }

    private static String text(JsonNode json, String name) {
        JsonNode field = field(json, name);
        if (!field.isTextual()) {
            throw new IllegalArgumentException("its %s is %s (must be a text)".formatted(name, field));
        }
        return field.asText();
    }

    private static long number(JsonNode json, String name) {
        JsonNode field = field(json, name);
        if (!field.isIntegralNumber() || !field.canConvertToLong()) {
            throw new IllegalArgumentException("its %s is %s (must be an integer)".formatted(name, field));
        }
        return field.asLong();
    }

    private static Instant instant(JsonNode json, String name) {
        try {
            return Instant.parse(text(json, name));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("its %s is no instant (%s)".formatted(name, e.getMessage()), e);
        }
    }
}
