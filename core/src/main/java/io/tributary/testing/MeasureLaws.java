package io.tributary.testing;

import io.tributary.schema.ColumnType;
import io.tributary.schema.Schema;
import io.tributary.view.Measure;
import io.tributary.view.Partial;
import io.tributary.view.Row;
import io.tributary.view.SliceCodec;
import io.tributary.view.SliceKey;
import io.tributary.view.SlicePartial;
import io.tributary.view.Slicer;
import io.tributary.view.View;
import io.tributary.view.ViewBuilder;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * The laws that make a measure the same at every cut: merging is associative and commutative and has an identity;
 * however records are split, the merged parts are the fold over all of them; a state is the same after its text and
 * its binary form, and shares nothing that can change; the value depends on the state alone, is of the measure's type,
 * and comes the same from a copy of the measure that was sent to a cluster.
 *
 * <p>Give awkward records: ones that lack values, equal ones, extremes. Records are shuffled by a seed, which messages name.
 */
public final class MeasureLaws {
    private static final long SEED = 20_150_102;

    private MeasureLaws() {}

    /**
     * Checks a measure, by a fixed seed.
     *
     * @throws AssertionError naming the law that is broken, the two states and the seed
     */
    public static <R> void check(Measure<R, ?> measure, Schema<R> schema, Collection<R> records) {
        check(measure, schema, records, SEED);
    }

    /** Checks a measure on records that are shuffled by a seed. */
    public static <R> void check(Measure<R, ?> measure, Schema<R> schema, Collection<R> records, long seed) {
        check(View.named("laws").over(schema).measure("value", measure).build(), records, seed);
    }

    /** Checks all measures of a view, by a fixed seed. Its groups, windows and conditions are of no account: all records are of one slice. */
    public static <R> void check(View<R> view, Collection<R> records) {
        check(view, records, SEED);
    }

    /** Checks all measures of a view on records that are shuffled by a seed. */
    public static <R> void check(View<R> view, Collection<R> records, long seed) {
        new Laws<>(measuresOf(view), seed).hold(new ArrayList<>(records));
    }

    private static <R> View<R> measuresOf(View<R> view) {
        ViewBuilder<R> measures = View.named(view.name()).over(view.schema());
        view.measures().forEach(measures::measure);
        return measures.build();
    }

    /** The laws of one view. */
    private static final class Laws<R> {
        private static final int TRIPLES = 8;

        private final View<R> view;
        private final View<R> sent;
        private final Slicer<R> slicer;
        private final SliceCodec<R> codec;
        private final SliceKey key;
        private final Random random;
        private final long seed;

        Laws(View<R> view, long seed) {
            this.view = view;
            this.sent = throughTheNetwork(view);
            this.slicer = view.slicer();
            this.codec = view.codec();
            this.key = SliceKey.of(0, List.of());
            this.random = new Random(seed);
            this.seed = seed;
        }

        void hold(List<R> records) {
            Partial all = fold(records);
            same("merge with the identity on the left", merge(slicer.empty(), all), all);
            same("merge with the identity on the right", merge(slicer.copy(all), slicer.empty()), all);
            keptByItsForms(all);
            keptByItsForms(slicer.empty());
            valuesDependOnTheStateAlone(all);
            valuesDependOnTheStateAlone(slicer.empty());
            Collections.shuffle(records, random);
            same("fold in another order", fold(records), all);
            Partial singles = slicer.empty();
            for (R row : records) {
                merge(singles, fold(List.of(row)));
            }
            same("merge of single records", singles, all);
            for (int split = 0; split <= records.size(); split++) {
                Partial left = fold(records.subList(0, split));
                Partial right = fold(records.subList(split, records.size()));
                same("merge of the first %d and the rest".formatted(split), merge(slicer.copy(left), right), all);
                same("merge of the rest and the first %d".formatted(split), merge(slicer.copy(right), left), all);
            }
            for (int triple = 0; triple < TRIPLES; triple++) {
                int first = random.nextInt(records.size() + 1);
                int second = first + random.nextInt(records.size() + 1 - first);
                associative(
                        records.subList(0, first),
                        records.subList(first, second),
                        records.subList(second, records.size()));
            }
        }

        private void associative(List<R> a, List<R> b, List<R> c) {
            same(
                    "(a + b) + c, where a + (b + c) is the other",
                    merge(merge(fold(a), fold(b)), fold(c)),
                    merge(fold(a), merge(fold(b), fold(c))));
            sharesNothing(fold(a), fold(b), c);
            sharesNothing(slicer.empty(), fold(b), c);
        }

        private void sharesNothing(Partial left, Partial right, List<R> more) {
            Object rightBefore = text(right);
            Partial merged = merge(left, right);
            equal("right side of a merge, after it", text(right), rightBefore);
            Object mergedBefore = text(merged);
            more.forEach(row -> slicer.add(right, row));
            equal("merged state, after records were added to its right side", text(merged), mergedBefore);
            Object rightNow = text(right);
            more.forEach(row -> slicer.add(merged, row));
            equal("right side of a merge, after records were added to the merged state", text(right), rightNow);
        }

        private void keptByItsForms(Partial state) {
            same("state that was read from its text", codec.parse(text(state)).partial(), state);
            try {
                ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                codec.writePartial(state, new DataOutputStream(bytes));
                DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()));
                same("state that was read from its binary form", codec.readPartial(in), state);
                equal("number of bytes left over by reading the binary form", in.available(), 0);
            } catch (IOException e) {
                throw new AssertionError(message("Cannot read the binary form of " + text(state)), e);
            }
        }

        private void valuesDependOnTheStateAlone(Partial state) {
            Object before = text(state);
            List<Row> rows = rows(view, state);
            equal("state, after its value was asked for", text(state), before);
            equal("value that was asked for again", rows(view, state), rows);
            equal("value of a measure that was sent over a network", rows(sent, state), rows);
            List<ColumnType<?>> types = new ArrayList<>();
            view.measures().values().forEach(measure -> types.add(measure.type()));
            for (Row row : rows) {
                for (int i = 0; i < types.size(); i++) {
                    isOf(types.get(i), row.measures().get(i));
                }
            }
        }

        private <V> void isOf(ColumnType<V> type, @Nullable Object value) {
            if (value == null) {
                return;
            }
            if (!type.javaType().isInstance(value)) {
                throw new AssertionError(message("Invalid value: %s of %s (must be of %s, as the measure's type is)"
                        .formatted(
                                value,
                                value.getClass().getSimpleName(),
                                type.javaType().getSimpleName())));
            }
            V normal = type.normalize(type.javaType().cast(value));
            equal("value that was read from its text", type.parse(type.format(normal)), normal);
        }

        private List<Row> rows(View<R> of, Partial state) {
            return of.rows(List.of(new SlicePartial(key, state)));
        }

        private Partial fold(List<R> rows) {
            Partial state = slicer.empty();
            rows.forEach(row -> slicer.add(state, row));
            return state;
        }

        private Partial merge(Partial into, Partial other) {
            slicer.merge(into, other);
            return into;
        }

        private List<@Nullable String> text(Partial state) {
            return codec.format(new SlicePartial(key, state));
        }

        private void same(String what, Partial actual, Partial expected) {
            equal(what, text(actual), text(expected));
            equal(what, actual, expected);
            equal("hash of the " + what, actual.hashCode(), expected.hashCode());
            equal("value of the " + what, rows(view, actual), rows(view, expected));
        }

        private void equal(String what, Object actual, Object expected) {
            Expect.equal(message(what), actual, expected);
        }

        private String message(String what) {
            return "%s, of measures %s by seed %d"
                    .formatted(what, view.measures().values(), seed);
        }

        @SuppressWarnings("unchecked") // what is read is what was written
        private static <R> View<R> throughTheNetwork(View<R> view) {
            try {
                ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
                    out.writeObject(view);
                }
                try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
                    return (View<R>) in.readObject();
                }
            } catch (IOException | ClassNotFoundException e) {
                throw new AssertionError(
                        "Cannot send measures %s to a cluster: %s (let their functions refer to what is serializable)"
                                .formatted(view.measures().values(), e),
                        e);
            }
        }
    }
}
