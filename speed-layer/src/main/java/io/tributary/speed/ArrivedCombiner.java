package io.tributary.speed;

/** A combiner of what has arrived. */
record ArrivedCombiner<R, A>(Combiner<R, A> values) implements Combiner<Arrived<R>, A> {
    @Override
    public A create() {
        return values.create();
    }

    @Override
    public A add(A accumulator, Arrived<R> arrived) {
        return values.add(accumulator, arrived.value());
    }

    @Override
    public A merge(A into, A other) {
        return values.merge(into, other);
    }

    @Override
    public A copy(A accumulator) {
        return values.copy(accumulator);
    }
}
