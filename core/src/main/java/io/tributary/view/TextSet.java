package io.tributary.view;

import io.tributary.schema.ColumnType;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The state of {@link Aggregate.ValueSet}: a set of texts, changed in place by its owner. */
public final class TextSet {
    private final Set<String> texts;

    TextSet() {
        this(new HashSet<>());
    }

    private TextSet(Set<String> texts) {
        this.texts = texts;
    }

    void add(String text) {
        texts.add(text);
    }

    void addAll(TextSet other) {
        texts.addAll(other.texts);
    }

    /** The number of distinct texts. */
    public long size() {
        return texts.size();
    }

    TextSet copy() {
        return new TextSet(new HashSet<>(texts));
    }

    String format() {
        Set<String> sorted = new TreeSet<>(ColumnType.text().order());
        sorted.addAll(texts);
        return JsonTexts.format(sorted);
    }

    static TextSet parse(String text) {
        return new TextSet(new HashSet<>(JsonTexts.parse(text)));
    }

    void write(DataOutput out) throws IOException {
        out.writeInt(texts.size());
        for (String text : texts) {
            Binary.writeText(text, out);
        }
    }

    static TextSet read(DataInput in) throws IOException {
        int size = in.readInt();
        Set<String> texts = new HashSet<>(size * 2);
        for (int i = 0; i < size; i++) {
            texts.add(Binary.readText(in));
        }
        return new TextSet(texts);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof TextSet that && texts.equals(that.texts);
    }

    @Override
    public int hashCode() {
        return texts.hashCode();
    }

    @Override
    public String toString() {
        return format();
    }
}
