package io.tributary.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Package-private is the default: each public type of the library is a line of public-api.txt, put there on purpose. */
class PublicApiTest {
    private static final String LIST = "examples/src/test/resources/public-api.txt";

    @Test
    void everyPublicTypeIsListedOnPurpose() throws IOException {
        Map<String, JavaClass> found = publicTypes();
        Path root = SourceFiles.root();
        Files.write(root.resolve("examples/target/public-api.txt"), found.keySet());
        List<String> listed = Files.readAllLines(root.resolve(LIST));

        List<String> differences = new ArrayList<>();
        found.forEach((name, type) -> {
            if (!listed.contains(name)) {
                differences.add(
                        isUsedElsewhere(type)
                                ? "add the line " + name
                                : "make %s package-private, as no other package uses it, or add the line %s"
                                        .formatted(type.getSimpleName(), name));
            }
        });
        listed.stream()
                .filter(name -> !found.containsKey(name))
                .forEach(name -> differences.add("remove the line " + name));

        assertThat(differences)
                .as("%s against the code (which is written to examples/target/public-api.txt)", LIST)
                .isEmpty();
        assertThat(listed).as(LIST).isSorted().doesNotHaveDuplicates();
    }

    /** Or whoever uses both has to write out a package. */
    @Test
    void noTwoPublicTypesHaveTheSameName() {
        assertThat(publicTypes().values()).extracting(JavaClass::getSimpleName).doesNotHaveDuplicates();
    }

    private static Map<String, JavaClass> publicTypes() {
        Map<String, JavaClass> types = new TreeMap<>();
        MainClasses.alone().stream()
                .filter(type -> type.isTopLevelClass()
                        && type.getModifiers().contains(JavaModifier.PUBLIC)
                        && !type.getPackageName().startsWith("io.tributary.examples"))
                .forEach(type -> types.put(type.getName(), type));
        return types;
    }

    private static boolean isUsedElsewhere(JavaClass type) {
        return type.getDirectDependenciesToSelf().stream()
                .anyMatch(dependency ->
                        !dependency.getOriginClass().getPackageName().equals(type.getPackageName()));
    }
}
