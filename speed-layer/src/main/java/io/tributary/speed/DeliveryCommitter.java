package io.tributary.speed;

import java.io.IOException;
import java.util.Collection;
import org.apache.flink.api.connector.sink2.Committer;
import org.apache.flink.core.fs.RecoverableWriter;

/**
 * Makes the files of a completed checkpoint visible; to do it again does no harm. A file that is not there
 * afterwards in full size is an error: it was deleted before it was committed.
 */
final class DeliveryCommitter implements Committer<Delivery> {
    private final LakeDirectory lake;
    private final RecoverableWriter files;

    DeliveryCommitter(LakeDirectory lake) throws IOException {
        this.lake = lake;
        this.files = lake.writer();
    }

    @Override
    public void commit(Collection<CommitRequest<Delivery>> requests) throws IOException {
        for (CommitRequest<Delivery> request : requests) {
            if (request.getCommittable() instanceof Delivery.Part part) {
                commit(part);
            }
        }
    }

    private void commit(Delivery.Part part) throws IOException {
        String key = part.key();
        long found;
        try {
            files.recoverForCommit(
                            files.getCommitRecoverableSerializer().deserialize(part.version(), part.recoverableBytes()))
                    .commitAfterRecovery();
            found = lake.files().getFileStatus(lake.path(key)).getLen();
            if (lake.isOnDisk()) {
                lake.forceNames(key);
            }
        } catch (IOException e) {
            throw new IOException("Cannot commit %s: %s".formatted(lake.path(key), e.getMessage()), e);
        }
        if (found != part.file().bytes()) {
            throw new IOException("Cannot commit %s: it has %d bytes (%d were written; restore it)"
                    .formatted(lake.path(key), found, part.file().bytes()));
        }
    }

    @Override
    public void close() {}
}
