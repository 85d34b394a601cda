package io.tributary.speed;

import io.tributary.lake.LakeFile;
import java.nio.ByteBuffer;
import java.time.Instant;

/** What the writers of a lake hand to the commit before the barrier of a checkpoint. */
sealed interface Delivery {

    /**
     * A whole file, not yet visible.
     *
     * @param directory of the file in its lake, with a slash at its end
     * @param version of the recoverable
     * @param recoverable by which the file system makes it visible
     */
    record Part(String directory, LakeFile file, int version, ByteBuffer recoverable) implements Delivery {
        public Part {
            recoverable = recoverable.asReadOnlyBuffer();
        }

        byte[] recoverableBytes() {
            byte[] bytes = new byte[recoverable.remaining()];
            recoverable.duplicate().get(bytes);
            return bytes;
        }

        String key() {
            return directory + file.name();
        }
    }

    /**
     * How far a stamping task was at a checkpoint: it gives no record to an earlier partition any more.
     *
     * @param task which one, from 0
     * @param tasks how many there are
     * @param partition its start; {@link Instant#MAX} when the task gives no record at all any more
     */
    record Mark(int task, int tasks, Instant partition) implements Delivery {
        boolean isEnd() {
            return partition.equals(Instant.MAX);
        }
    }
}
