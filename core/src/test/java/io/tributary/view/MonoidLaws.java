package io.tributary.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * The laws of everything that is merged: associative, commutative, with an identity, built from
 * single records in any order, kept by its text and its binary form, never sharing what can change.
 * {@code MonoidLaws.of(aggregate).hold(a, b, c)} checks all of them on three lists of records.
 */
final class MonoidLaws<R, S> {
    private final Monoid<R, S> monoid;

    /** What is common to the states of an aggregate and the partials of a view. */
    private interface Monoid<R, S> {
        @Nullable
        S identity();

        @Nullable
        S add(@Nullable S state, R row);

        @Nullable
        S merge(@Nullable S left, @Nullable S right);

        Object text(@Nullable S state);

        @Nullable
        S throughText(@Nullable S state);

        @Nullable
        S throughBinary(@Nullable S state) throws IOException;
    }

    private MonoidLaws(Monoid<R, S> monoid) {
        this.monoid = monoid;
    }

    static <R, S> MonoidLaws<R, S> of(Aggregate<R, S> aggregate) {
        return new MonoidLaws<>(new OfAggregate<>(aggregate));
    }

    static <R> MonoidLaws<R, Partial> of(View<R> view) {
        return new MonoidLaws<>(new OfView<>(view));
    }

    void hold(List<R> a, List<R> b, List<R> c) {
        associative(a, b, c);
        assertSame("commutative", merge(fold(a), fold(b)), merge(fold(b), fold(a)));
        assertSame("left identity", merge(monoid.identity(), fold(a)), fold(a));
        assertSame("right identity", merge(fold(a), monoid.identity()), fold(a));
        inAnyOrder(a, b);
        keptByItsForms(fold(a));
        sharesNothing(fold(a), fold(b), c);
        sharesNothing(monoid.identity(), fold(b), c);
    }

    private void associative(List<R> a, List<R> b, List<R> c) {
        assertSame("associative", merge(merge(fold(a), fold(b)), fold(c)), merge(fold(a), merge(fold(b), fold(c))));
    }

    private void inAnyOrder(List<R> a, List<R> b) {
        List<R> all = new ArrayList<>(a);
        all.addAll(b);
        S expected = fold(all);
        assertSame("add = merge", merge(fold(a), fold(b)), expected);
        Collections.shuffle(all, new Random(all.size()));
        assertSame("any order", fold(all), expected);
        S merged = monoid.identity();
        for (R row : all) {
            merged = merge(merged, fold(List.of(row)));
        }
        assertSame("merge of singletons", merged, expected);
    }

    private void keptByItsForms(@Nullable S state) {
        assertSame("parse of format", monoid.throughText(state), state);
        try {
            assertSame("read of write", monoid.throughBinary(state), state);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void sharesNothing(@Nullable S left, @Nullable S right, List<R> more) {
        Object rightBefore = monoid.text(right);
        S merged = merge(left, right);
        assertThat(monoid.text(right)).as("right argument after the merge").isEqualTo(rightBefore);
        Object mergedBefore = monoid.text(merged);
        S changedRight = right;
        for (R row : more) {
            changedRight = monoid.add(changedRight, row);
        }
        assertThat(monoid.text(merged))
                .as("merged after its right argument changed")
                .isEqualTo(mergedBefore);
        Object rightNow = monoid.text(changedRight);
        for (R row : more) {
            merged = monoid.add(merged, row);
        }
        assertThat(monoid.text(changedRight))
                .as("right argument after merged changed")
                .isEqualTo(rightNow);
    }

    private @Nullable S merge(@Nullable S left, @Nullable S right) {
        return monoid.merge(left, right);
    }

    private @Nullable S fold(List<R> rows) {
        S state = monoid.identity();
        for (R row : rows) {
            state = monoid.add(state, row);
        }
        return state;
    }

    private void assertSame(String law, @Nullable S actual, @Nullable S expected) {
        assertThat(monoid.text(actual)).as(law).isEqualTo(monoid.text(expected));
        assertThat((Object) actual).as(law).isEqualTo(expected);
        assertThat(Objects.hashCode(actual)).as(law).isEqualTo(Objects.hashCode(expected));
    }

    private record OfAggregate<R, S>(Aggregate<R, S> aggregate) implements Monoid<R, S> {
        @Override
        public @Nullable S identity() {
            return null;
        }

        @Override
        public @Nullable S add(@Nullable S state, R row) {
            return aggregate.add(state, row);
        }

        @Override
        public @Nullable S merge(@Nullable S left, @Nullable S right) {
            return aggregate.merge(left, right);
        }

        @Override
        public Object text(@Nullable S state) {
            return state == null ? "" : aggregate.format(state);
        }

        @Override
        public @Nullable S throughText(@Nullable S state) {
            return state == null ? null : aggregate.parse(aggregate.format(state));
        }

        @Override
        public @Nullable S throughBinary(@Nullable S state) throws IOException {
            if (state == null) {
                return null;
            }
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            aggregate.write(state, new DataOutputStream(bytes));
            DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()));
            S copy = aggregate.read(in);
            assertThat(in.available()).as("bytes left over").isZero();
            return copy;
        }
    }

    private record OfView<R>(View<R> view, Slicer<R> slicer, SliceCodec<R> codec, SliceKey key)
            implements Monoid<R, Partial> {

        OfView(View<R> view) {
            this(
                    view,
                    view.slicer(),
                    view.codec(),
                    new SliceKey(0, new Object[view.dimensions().size()]));
        }

        @Override
        public Partial identity() {
            return slicer.empty();
        }

        @Override
        public Partial add(@Nullable Partial state, R row) {
            Partial partial = Objects.requireNonNull(state);
            slicer.add(partial, row);
            return partial;
        }

        @Override
        public Partial merge(@Nullable Partial left, @Nullable Partial right) {
            Partial partial = Objects.requireNonNull(left);
            slicer.merge(partial, Objects.requireNonNull(right));
            return partial;
        }

        @Override
        public Object text(@Nullable Partial state) {
            return codec.format(new SlicePartial(key, Objects.requireNonNull(state)));
        }

        @Override
        public Partial throughText(@Nullable Partial state) {
            return codec.parse(codec.format(new SlicePartial(key, Objects.requireNonNull(state))))
                    .partial();
        }

        @Override
        public Partial throughBinary(@Nullable Partial state) throws IOException {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            codec.writePartial(Objects.requireNonNull(state), new DataOutputStream(bytes));
            return codec.readPartial(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
        }
    }
}
