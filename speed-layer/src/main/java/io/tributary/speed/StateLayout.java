package io.tributary.speed;

import io.tributary.view.Window;
import java.io.Serializable;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;

/**
 * Where a cell lies in keyed state: under a Flink key, which places it in a task, in a map entry. The key of
 * a cell, its greater part, is stored once.
 *
 * @param <K> the key of the cell
 * @param <P> the Flink key
 * @param <E> the entry
 */
sealed interface StateLayout<K, P, E> extends Serializable {

    P placeOf(long slice, K key);

    E entryOf(long slice, K key);

    Cell<K> cellOf(P place, E entry);

    TypeInformation<P> placeType();

    TypeInformation<E> entryType();

    /** All slices of a key in one task: for results that stand each for one key. */
    record ByKey<K>(TypeInformation<K> keyType) implements StateLayout<K, K, Long> {
        @Override
        public K placeOf(long slice, K key) {
            return key;
        }

        @Override
        public Long entryOf(long slice, K key) {
            return slice;
        }

        @Override
        public Cell<K> cellOf(K place, Long entry) {
            return new Cell<>(entry, place);
        }

        @Override
        public TypeInformation<K> placeType() {
            return keyType;
        }

        @Override
        public TypeInformation<Long> entryType() {
            return Types.LONG;
        }
    }

    /** All keys of a window in one task: for totals and rankings. Windows that share slices are in one. */
    record ByWindow<K>(TypeInformation<K> keyType, Window<?> window) implements StateLayout<K, Long, Tuple2<Long, K>> {
        @Override
        public Long placeOf(long slice, K key) {
            if (window instanceof Window.Tumble<?>) {
                return slice;
            }
            if (window instanceof Window.Cumulate<?> cumulate) {
                return slice - Math.floorMod(slice, cumulate.size().toSeconds());
            }
            return 0L;
        }

        @Override
        public Tuple2<Long, K> entryOf(long slice, K key) {
            return Tuple2.of(slice, key);
        }

        @Override
        public Cell<K> cellOf(Long place, Tuple2<Long, K> entry) {
            return new Cell<>(entry.f0, entry.f1);
        }

        @Override
        public TypeInformation<Long> placeType() {
            return Types.LONG;
        }

        @Override
        public TypeInformation<Tuple2<Long, K>> entryType() {
            return Types.TUPLE(Types.LONG, keyType);
        }
    }
}
