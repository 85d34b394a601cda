package io.tributary.examples.command;

import io.tributary.batch.lake.LocalLake;
import io.tributary.retail.EnrichedOrder;
import io.tributary.retail.RetailLake;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The lake of the orders in a directory, which is there. */
final class LakeDirectory {
    private LakeDirectory() {}

    static LocalLake<EnrichedOrder> open(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            throw new IOException(
                    "Cannot open lake %s: there is no such directory (make a lake with 'ingest')".formatted(directory));
        }
        return LocalLake.at(directory, RetailLake.LAYOUT, EnrichedOrder.SCHEMA);
    }
}
