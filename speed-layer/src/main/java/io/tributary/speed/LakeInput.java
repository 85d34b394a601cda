package io.tributary.speed;

/** What the stamping tasks send to the writers of a lake. */
sealed interface LakeInput<R> {

    /** A record. */
    record Row<R>(Arrived<R> arrived) implements LakeInput<R> {}

    /** Sent before the barrier of each checkpoint, behind the records that came before it. */
    record Marked<R>(Delivery.Mark mark) implements LakeInput<R> {}
}
