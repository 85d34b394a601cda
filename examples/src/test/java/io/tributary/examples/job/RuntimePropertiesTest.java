package io.tributary.examples.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class RuntimePropertiesTest {
    @TempDir
    private Path directory;

    private Path file(String text) throws IOException {
        return Files.writeString(directory.resolve("application_properties.json"), text);
    }

    @Test
    void theGroupOfTheJobGivesItsOptions() throws IOException {
        String[] arguments = RuntimeProperties.asArguments(file("""
                [{"PropertyGroupId": "other", "PropertyMap": {"stream-name": "no"}},
                 {"PropertyGroupId": "tributary", "PropertyMap": {
                   "region-name": "ap-northeast-2", "stream-name": "orders", "lake": "s3://bucket/",
                   "speed-table-name": "speed_store", "views": "lab6,lab8", "speed.flushInterval": "PT1S"}}]
                """));

        assertThat(arguments)
                .containsExactly(
                        "--region-name=ap-northeast-2",
                        "--stream-name=orders",
                        "--lake=s3://bucket/",
                        "--speed-table-name=speed_store",
                        "--views=lab6,lab8",
                        "--set=speed.flushInterval=PT1S");
        assertThat(new CommandLine(new RunSpeedJob()).parseArgs(arguments).unmatched())
                .isEmpty();
    }

    @Test
    void whatIsNotThereOrNoJsonIsTold() throws IOException {
        Path without = file("[{\"PropertyGroupId\": \"other\", \"PropertyMap\": {}}]");
        assertThatThrownBy(() -> RuntimeProperties.asArguments(without))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no group tributary (add a PropertyGroupId tributary");
        Path torn = file("[{");
        assertThatThrownBy(() -> RuntimeProperties.asArguments(torn))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("Invalid runtime properties " + torn);
    }
}
