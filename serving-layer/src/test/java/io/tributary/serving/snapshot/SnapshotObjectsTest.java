package io.tributary.serving.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SnapshotObjectsTest {
    @TempDir
    private Path directory;

    private SnapshotObjects objects(String kind) {
        return Map.of("memory", new MemoryObjects(), "directory", new DirectoryObjects(directory))
                .get(kind);
    }

    @ParameterizedTest
    @ValueSource(strings = {"memory", "directory"})
    void replacesOnlyWhatIsAsItWasRead(String kind) throws IOException {
        SnapshotObjects objects = objects(kind);

        assertThat(objects.replace("view/head", "first", null)).isTrue();
        assertThat(objects.replace("view/head", "another first", null)).isFalse();
        String version = objects.read("view/head").orElseThrow().version();
        assertThat(objects.replace("view/head", "second", version)).isTrue();
        assertThat(objects.replace("view/head", "another second", version)).isFalse();
        assertThat(objects.read("view/head").orElseThrow().text()).isEqualTo("second");
        assertThat(objects.replace("view/gone", "third", version)).isFalse();
        assertThat(objects.read("view/gone")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"memory", "directory"})
    void listsAndDeletesTheObjectsOfOneView(String kind) throws IOException {
        SnapshotObjects objects = objects(kind);
        assertThat(objects.list("view/")).isEmpty();
        objects.put("view/2", "b");
        objects.put("view/1", "a");
        objects.put("view-2/1", "of another view");

        assertThat(objects.list("view/")).containsExactly("view/1", "view/2");
        objects.delete("view/1");
        objects.delete("view/1");
        assertThat(objects.list("view/")).containsExactly("view/2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"memory", "directory"})
    void peopleFindAnObjectByItsName(String kind) {
        String name = Map.of("memory", "memory:view/1", "directory", directory + "/view/1")
                .get(kind);

        assertThat(objects(kind).describe("view/1")).isEqualTo(name);
    }
}
