package io.tributary.batch;

import io.tributary.batch.lake.LakeContents;
import io.tributary.batch.lake.LocalLake;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The files of a local lake, each partition in one of its forms; one file or more.
 *
 * @param json of JSON lines
 * @param parquet by the names of the columns that they have
 */
record LakeFiles(List<Path> json, Map<Set<String>, List<Path>> parquet) implements Source {
    LakeFiles {
        json = List.copyOf(json);
        parquet = Map.copyOf(parquet);
    }

    static LakeFiles of(LocalLake<?> lake, LakeContents contents) {
        return new LakeFiles(lake.files(contents), lake.parquetFiles(contents));
    }
}
