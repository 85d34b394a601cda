package io.tributary.serving.snapshot;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The small object that names the newest snapshot of a view; what it does not name is not published.
 *
 * @param epoch a number greater than those of all snapshots before it
 * @param writer who published it: no two publications have the same
 * @param file the name of the snapshot's object
 * @param digest of that object's bytes
 * @param superseded the snapshots before it that readers may still hold, the oldest first
 */
record Head(
        String view,
        String definition,
        long epoch,
        String writer,
        Instant cut,
        String file,
        String digest,
        Instant publishedAt,
        List<Superseded> superseded) {
    /** An epoch, and the beginning of the digest. */
    static final Pattern FILE = Pattern.compile("([0-9]{12})-[0-9a-f]{16}\\.ndjson");

    private static final int FORMAT = 1;
    private static final JsonMapper MAPPER = new JsonMapper();

    /** A snapshot that was the newest until an instant. */
    record Superseded(String file, Instant cut, Instant until) {
        Superseded {
            checkName(file);
        }
    }

    Head {
        superseded = List.copyOf(superseded);
        checkName(file);
        if (epoch < 1) {
            throw new IllegalArgumentException("its epoch is %d (must be 1 or more)".formatted(epoch));
        }
    }

    /** Keeps it in its directory. */
    private static void checkName(String file) {
        if (!FILE.matcher(file).matches()) {
            throw new IllegalArgumentException("it names the file '%s' (must match %s)".formatted(file, FILE));
        }
    }

    String toJson() {
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter()
                .withObjectIndenter(new DefaultIndenter("  ", "\n"))
                .withArrayIndenter(new DefaultIndenter("  ", "\n"));
        StringWriter out = new StringWriter();
        try (JsonGenerator json = MAPPER.getFactory().createGenerator(out).setPrettyPrinter(printer)) {
            json.writeStartObject();
            json.writeNumberField("format", FORMAT);
            json.writeStringField("view", view);
            json.writeStringField("definition", definition);
            json.writeNumberField("epoch", epoch);
            json.writeStringField("writer", writer);
            json.writeStringField("cut", cut.toString());
            json.writeStringField("file", file);
            json.writeStringField("sha256", digest);
            json.writeStringField("published_at", publishedAt.toString());
            json.writeArrayFieldStart("superseded");
            for (Superseded old : superseded) {
                json.writeStartObject();
                json.writeStringField("file", old.file());
                json.writeStringField("cut", old.cut().toString());
                json.writeStringField("until", old.until().toString());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
            json.writeRaw('\n');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toString();
    }

    /** @throws IllegalArgumentException when it is torn, or of another format */
    static Head parse(String text) {
        JsonFields json = JsonFields.of(SnapshotText.tree(text), FORMAT);
        return new Head(
                json.text("view"),
                json.text("definition"),
                json.number("epoch"),
                json.text("writer"),
                json.instant("cut"),
                json.text("file"),
                json.text("sha256"),
                json.instant("published_at"),
                json.objects("superseded").stream()
                        .map(old -> new Superseded(old.text("file"), old.instant("cut"), old.instant("until")))
                        .toList());
    }
}
