package io.tributary.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tributary.aws.PublisherOptions;
import io.tributary.enrich.CacheOptions;
import io.tributary.partition.PartitionLayout;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationTest {
    private static final Section<PublisherOptions> PUBLISHER = new Section<>("publisher", PublisherOptions.defaults());
    private static final Section<CacheOptions> CACHE = new Section<>("cache", CacheOptions.defaults());

    /** One option of each type. */
    public record Every(
            int count,
            long fileBytes,
            @Nullable Long most,
            boolean open,
            Duration patience,
            @Nullable Instant until,
            ZoneId zone,
            @Nullable URI endpoint,
            Path directory,
            String title,
            Thread.State state,
            PartitionLayout layout,
            List<String> names) {}

    private static final Section<Every> EVERY = new Section<>(
            "every",
            new Every(
                    1,
                    1,
                    null,
                    false,
                    Duration.ZERO,
                    null,
                    ZoneId.of("UTC"),
                    null,
                    Path.of("."),
                    "",
                    Thread.State.NEW,
                    PartitionLayout.parse("a/year=!{timestamp:yyyy}/"),
                    List.of("x")));

    /** A secret, which the record takes care not to show, and a check of all at once. */
    public record Guarded(String token, int port) {
        public Guarded {
            Limits.check()
                    .holdsOfSecret("token", token.length() >= 8, "8 characters")
                    .between("port", port, 0, 65_535)
                    .enforce();
        }
    }

    /** Refuses what it refuses one by one, as a record that knows nothing of limits. */
    public record Foreign(int port) {
        public Foreign {
            if (port < 0) {
                throw new IllegalArgumentException("Cannot listen on port " + port);
            }
        }
    }

    private static final Section<Guarded> GUARDED = new Section<>("guarded", new Guarded("12345678", 1));

    @TempDir
    private Path directory;

    private static Map<String, String> properties(String... keysAndValues) {
        Map<String, String> properties = new TreeMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            properties.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        return properties;
    }

    private static List<String> problems(Map<String, String> properties, Section<?>... sections) {
        return catchThrowableOfType(InvalidOptionsException.class, () -> Configuration.of(properties, sections))
                .problems();
    }

    private Path file(String text) throws IOException {
        return Files.writeString(directory.resolve("tributary.properties"), text);
    }

    @Test
    void whatIsGivenIsPutOverTheDefaults() {
        Configuration configuration =
                Configuration.of(properties("publisher.requests", "4", "publisher.ordering", "none"), PUBLISHER, CACHE);

        assertThat(configuration.get(PUBLISHER))
                .isEqualTo(PublisherOptions.defaults().withRequests(4).withOrdering(PublisherOptions.Ordering.NONE));
        assertThat(configuration.get(CACHE)).isEqualTo(CacheOptions.defaults());
    }

    @Test
    void aFileIsReadInTwoLines() throws IOException {
        Path file = file("publisher.bufferBytes = 128 MiB");

        Section<PublisherOptions> publisher = new Section<>("publisher", PublisherOptions.defaults());
        PublisherOptions options = Configuration.load(file, publisher).get(publisher);

        assertThat(options).isEqualTo(PublisherOptions.defaults().withBufferBytes(128 << 20));
    }

    @Test
    void eachTypeHasAText() throws IOException {
        Path file = file("""
                # 주문
                every.count = 2
                every.fileBytes = 3 MiB
                every.most = -1
                every.open = TRUE
                every.patience = PT0.5S
                every.until = 2026-01-31T09:00:00Z
                every.zone = Asia/Seoul
                every.endpoint = http://localhost:4567
                every.directory = 호수/a
                every.title = 주문 \\uac00
                every.state = timed-waiting
                every.layout = b/year=!{timestamp:yyyy}/
                """);

        assertThat(Configuration.load(file, EVERY).get(EVERY))
                .isEqualTo(new Every(
                        2,
                        3L << 20,
                        -1L,
                        true,
                        Duration.ofMillis(500),
                        Instant.parse("2026-01-31T09:00:00Z"),
                        ZoneId.of("Asia/Seoul"),
                        URI.create("http://localhost:4567"),
                        Path.of("호수/a"),
                        "주문 가",
                        Thread.State.TIMED_WAITING,
                        PartitionLayout.parse("b/year=!{timestamp:yyyy}/"),
                        List.of("x")));
    }

    @Test
    void allThatIsWrongIsToldAtOnce() {
        Map<String, String> wrong = properties(
                "publisher.batchRecrods", "100",
                "publisher.requests", "99",
                "publisher.batchRecords", "many",
                "publisher.linger", "-PT1S",
                "publisher.ordering", "total",
                "cache.max-size", "1",
                "cache.expiry", "10 s");

        assertThatThrownBy(() -> Configuration.of(wrong, PUBLISHER, CACHE))
                .isInstanceOf(InvalidOptionsException.class)
                .hasMessage("""
                        Invalid publisher.batchRecords: many (must be a whole number, without separators)
                        Invalid publisher.ordering: total (must be one of per-key, none)
                        Invalid publisher.linger: PT-1S (must be from PT0S to PT24H)
                        Invalid publisher.requests: 99 (must be from 1 to 50)
                        Invalid cache.expiry: 10 s (must be as PT0.5S, PT10S, PT5M or PT24H)
                        Invalid cache.max-size: unknown (did you mean cache.maxSize?)
                        Invalid publisher.batchRecrods: unknown (did you mean publisher.batchRecords?)""");
    }

    @Test
    void eachTypeTellsItsLimit() {
        Map<String, String> wrong = properties(
                "every.count", "2147483648",
                "every.fileBytes", "1 MB",
                "every.most", "x",
                "every.open", "yes",
                "every.until", "2026-01-31",
                "every.zone", "Seoul",
                "every.endpoint", "http://[",
                "every.directory", "\0",
                "every.layout", "!{timestamp:x",
                "every.names", "a,b");

        assertThat(problems(wrong, EVERY))
                .hasSize(10)
                .contains(
                        "every.count: 2147483648 (must be at most 2147483647)",
                        "every.fileBytes: 1 MB (must be as 1048576 or 1 MiB; units are KiB, MiB and GiB)",
                        "every.open: yes (must be true or false)",
                        "every.until: 2026-01-31 (must be as 2026-01-31T09:00:00Z)",
                        "every.zone: Seoul (must be as Asia/Seoul or +09:00)",
                        "every.endpoint: http://[ (must be as https://host:port)",
                        "every.names: it has no text (set it in code)");
    }

    @Test
    void optionsThatBoundEachOtherAreSeenTogether() {
        assertThat(problems(properties("publisher.firstBackoff", "PT10S"), PUBLISHER))
                .containsExactly("publisher.maxBackoff: PT5S (must be at least firstBackoff, PT10S)");
        assertThat(problems(
                        properties(
                                "publisher.firstBackoff", "PT10S",
                                "publisher.maxBackoff", "PT20S",
                                "publisher.requests", "0"),
                        PUBLISHER))
                .containsExactly("publisher.requests: 0 (must be from 1 to 50)");
    }

    @Test
    void aSecretIsNotShown() {
        assertThat(problems(properties("guarded.token", "geheim", "guarded.port", "-1"), GUARDED))
                .containsExactly(
                        "guarded.token: it is not shown (must be 8 characters)",
                        "guarded.port: -1 (must be from 0 to 65535)");
    }

    @Test
    void aRecordMayRefuseByAnyMessage() {
        assertThat(problems(properties("foreign.port", "-1"), new Section<>("foreign", new Foreign(1))))
                .containsExactly("foreign: Cannot listen on port -1");
    }

    @Test
    void valuesOfUnknownKeysAreNotShown() {
        assertThatThrownBy(() -> Configuration.of(properties("guarded.tokne", "geheimnis"), GUARDED))
                .hasMessageContaining("guarded.tokne: unknown (did you mean guarded.token?)")
                .hasMessageNotContaining("geheimnis");
    }

    @Test
    void aKeyThatIsLikeNoneIsToldHowKeysBegin() {
        assertThat(problems(properties("a", "b"), new Section<>("guarded", new Guarded("12345678", 1)), CACHE))
                .containsExactly("a: unknown (must begin with one of [guarded., cache.])");
        assertThat(problems(properties("publisher.request", "1"), PUBLISHER))
                .as("the nearest of those that contain it")
                .containsExactly("publisher.request: unknown (did you mean publisher.requests?)");
    }

    @Test
    void aFileHasEachKeyOnceAndIsInUtf8() throws IOException {
        Path twice = file("cache.maxSize=1\ncache.maxSize=2\n");
        assertThatThrownBy(() -> Configuration.load(twice, CACHE))
                .isInstanceOf(InvalidOptionsException.class)
                .hasMessageContaining("cache.maxSize: twice in " + twice);
        Path torn = file("every.title=\\u12\n");
        assertThatThrownBy(() -> Configuration.load(torn, EVERY)).hasMessageContaining("torn escape");
        Path korean = Files.write(
                directory.resolve("euc-kr.properties"),
                "every.title=주문".getBytes(java.nio.charset.Charset.forName("EUC-KR")));
        assertThatThrownBy(() -> Configuration.load(korean, EVERY))
                .isInstanceOf(InvalidOptionsException.class)
                .hasMessageContaining(korean + ": not in UTF-8");
        Path marked = Files.write(
                directory.resolve("bom.properties"), "\uFEFFcache.maxSize=1".getBytes(StandardCharsets.UTF_8));
        assertThat(Configuration.load(marked, CACHE).get(CACHE).maxSize()).isEqualTo(1);
        assertThatThrownBy(() -> Configuration.load(directory.resolve("none"), CACHE))
                .isInstanceOf(IOException.class);
    }

    @Test
    void sectionsHaveNames() {
        assertThatThrownBy(() -> new Section<>("My Section", CacheOptions.defaults()))
                .hasMessage("Invalid section: My Section (must be as [a-z][A-Za-z0-9-]*)");
        assertThatThrownBy(() -> Configuration.of(Map.of(), CACHE).get(PUBLISHER))
                .hasMessage("Cannot get section publisher (the configuration was taken with [cache])");
    }

    @Test
    void theKeysAreTheComponentsThatHaveAText() {
        assertThat(CACHE.keys()).containsExactly("cache.maxSize", "cache.expiry", "cache.unknownExpiry");
        assertThat(EVERY.keys()).hasSize(12).doesNotContain("every.names");
    }
}
