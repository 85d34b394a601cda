package io.tributary.examples.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The parameters that Amazon's managed Flink hands to a job, which has no command line there: a JSON file of
 * groups, each an object with {@code PropertyGroupId} and {@code PropertyMap}.
 */
final class RuntimeProperties {
    /** Where the service puts the file. */
    static final Path FILE = Path.of("/etc/flink/application_properties.json");

    /** The group of this job. */
    static final String GROUP = "tributary";

    private static final JsonMapper MAPPER = new JsonMapper();

    private RuntimeProperties() {}

    /**
     * The properties of the job's group as options of a command line; those with a dot are the library's.
     *
     * @throws IllegalArgumentException when the file is of another form or has no such group
     */
    static String[] asArguments(Path file) throws IOException {
        JsonNode groups;
        try {
            groups = MAPPER.readTree(Files.readString(file));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "Invalid runtime properties %s: %s (must be JSON)".formatted(file, e.getOriginalMessage()), e);
        }
        for (JsonNode group : groups) {
            if (group.path("PropertyGroupId").asText().equals(GROUP)) {
                List<String> arguments = new ArrayList<>();
                for (Map.Entry<String, JsonNode> property :
                        group.path("PropertyMap").properties()) {
                    String key = property.getKey();
                    arguments.add("--%s%s=%s"
                            .formatted(
                                    key.contains(".") ? "set=" : "",
                                    key,
                                    property.getValue().asText()));
                }
                return arguments.toArray(String[]::new);
            }
        }
        throw new IllegalArgumentException(
                "Invalid runtime properties %s: no group %s (add a PropertyGroupId %s with the job's options in its PropertyMap)"
                        .formatted(file, GROUP, GROUP));
    }
}
