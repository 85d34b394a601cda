package io.tributary.serving.snapshot;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.view.BatchView;
import io.tributary.view.BatchView.Hole;
import io.tributary.view.BatchViewSnapshot;
import io.tributary.view.SliceCodec;
import io.tributary.view.SlicePartial;
import io.tributary.view.View;
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
    /** The set of a distinct count is one text, of any length. */
    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxStringLength(Integer.MAX_VALUE)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private SnapshotText() {}

    static <R> String format(View<R> view, BatchViewSnapshot snapshot) {
        BatchView batch = snapshot.batch();
        ObjectNode header = MAPPER.createObjectNode()
                .put("format", FORMAT)
                .put("view", batch.view())
                .put("definition", snapshot.definition())
                .put("cut", batch.cut().toString())
                .put("seals", snapshot.seals());
        ArrayNode holes = header.putArray("holes");
        batch.holes().stream()
                .sorted(Comparator.comparing(Hole::partition).thenComparing(Hole::reason))
                .forEach(hole ->
                        holes.addObject().put("partition", hole.partition()).put("reason", hole.reason()));
        if (batch.approximate() != null) {
            header.put("approximate", batch.approximate());
        }
        header.put("slices", batch.slices().size());
        StringBuilder text = new StringBuilder().append(header).append('\n');
        SliceCodec<R> codec = view.codec();
        TreeMap<Long, List<String>> byTime = new TreeMap<>();
        for (SlicePartial slice : batch.slices()) {
            ArrayNode line = MAPPER.createArrayNode();
            codec.format(slice).forEach(part -> line.add(part));
            byTime.computeIfAbsent(slice.key().slice(), time -> new ArrayList<>())
                    .add(line.toString());
        }
        byTime.values().forEach(lines -> {
            lines.sort(Comparator.naturalOrder());
            lines.forEach(line -> text.append(line).append('\n'));
        });
        return text.toString();
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
        List<Hole> holes = header.objects("holes").stream()
                .map(hole -> new Hole(hole.text("partition"), hole.text("reason")))
                .toList();
        SliceCodec<R> codec = view.codec();
        List<SlicePartial> slices = lines.stream()
                .skip(1)
                .map(line -> codec.parse(texts(tree(line))))
                .toList();
        if (header.number("slices") != slices.size()) {
            throw new IllegalArgumentException("it is torn: it has %d slices (its header says %d)"
                    .formatted(slices.size(), header.number("slices")));
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
