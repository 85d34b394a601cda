package io.tributary.serving.snapshot;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tributary.view.BatchView;
import io.tributary.view.BatchView.Hole;
import io.tributary.view.BatchViewSnapshot;
import io.tributary.view.SliceCodec;
import io.tributary.view.SlicePartial;
import io.tributary.view.View;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A snapshot as lines of JSON: a header, then the canonical texts of each slice, by time and text. The same
 * slices give the same text, whatever the order in which they were built.
 */
final class SnapshotText {
    private static final int FORMAT = 1;
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private SnapshotText() {}

    static <R> String format(View<R> view, BatchViewSnapshot snapshot) {
        BatchView batch = snapshot.batch();
        StringBuilder text = new StringBuilder();
        text.append(line(json -> {
            json.writeStartObject();
            json.writeNumberField("format", FORMAT);
            json.writeStringField("view", batch.view());
            json.writeStringField("definition", snapshot.definition());
            json.writeStringField("cut", batch.cut().toString());
            json.writeStringField("seals", snapshot.seals());
            json.writeArrayFieldStart("holes");
            List<Hole> holes = new ArrayList<>(batch.holes());
            holes.sort(Comparator.comparing(Hole::partition).thenComparing(Hole::reason));
            for (Hole hole : holes) {
                json.writeStartObject();
                json.writeStringField("partition", hole.partition());
                json.writeStringField("reason", hole.reason());
                json.writeEndObject();
            }
            json.writeEndArray();
            if (batch.approximate() != null) {
                json.writeStringField("approximate", batch.approximate());
            }
            json.writeNumberField("slices", batch.slices().size());
            json.writeEndObject();
        }));
        SliceCodec<R> codec = view.codec();
        TreeMap<Long, List<String>> byTime = new TreeMap<>();
        for (SlicePartial slice : batch.slices()) {
            byTime.computeIfAbsent(slice.key().slice(), time -> new ArrayList<>())
                    .add(line(json -> writeTexts(codec.format(slice), json)));
        }
        byTime.values().forEach(lines -> {
            lines.sort(Comparator.naturalOrder());
            lines.forEach(text::append);
        });
        return text.toString();
    }

    private static void writeTexts(List<@Nullable String> texts, JsonGenerator json) throws IOException {
        json.writeStartArray();
        for (String text : texts) {
            json.writeString(text);
        }
        json.writeEndArray();
    }

    /** Writes a value. */
    private interface Writing {
        void to(JsonGenerator json) throws IOException;
    }

    private static String line(Writing writing) {
        StringWriter out = new StringWriter();
        try (JsonGenerator json = MAPPER.getFactory().createGenerator(out)) {
            writing.to(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.append('\n').toString();
    }

    /**
     * Reads what {@link #format} writes.
     *
     * @throws IllegalArgumentException when it is torn, of another format, or has slices of another view
     */
    static <R> BatchViewSnapshot parse(View<R> view, String text) {
        List<String> lines = text.lines().toList();
        if (lines.isEmpty() || !text.endsWith("\n")) {
            throw new IllegalArgumentException("it is torn: it has no whole lines");
        }
        JsonFields header = JsonFields.of(tree(lines.get(0)), FORMAT);
        List<Hole> holes = new ArrayList<>();
        for (JsonFields hole : header.objects("holes")) {
            holes.add(new Hole(hole.text("partition"), hole.text("reason")));
        }
        if (header.number("slices") != lines.size() - 1) {
            throw new IllegalArgumentException("it is torn: it has %d slices (its header says %d)"
                    .formatted(lines.size() - 1, header.number("slices")));
        }
        List<SlicePartial> slices = new ArrayList<>(lines.size() - 1);
        for (String line : lines.subList(1, lines.size())) {
            slices.add(view.codec().parse(texts(tree(line))));
        }
        return new BatchViewSnapshot(
                new BatchView(
                        header.text("view"),
                        header.instant("cut"),
                        slices,
                        holes,
                        header.has("approximate") ? header.text("approximate") : null),
                header.text("definition"),
                header.text("seals"));
    }

    private static List<@Nullable String> texts(JsonNode line) {
        List<@Nullable String> texts = new ArrayList<>();
        for (JsonNode text : line) {
            if (!text.isTextual() && !text.isNull()) {
                throw new IllegalArgumentException("its line %s has more than texts".formatted(line));
            }
            texts.add(text.isNull() ? null : text.asText());
        }
        return texts;
    }

    static JsonNode tree(String json) {
        try {
            return MAPPER.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("it is torn or no JSON (%s)".formatted(e.getOriginalMessage()), e);
        }
    }
}
