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
import java.util.Properties;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationTest {
    private static final Section<PublisherOptions> PUBLISHER = new Section<>("publisher", PublisherOptions.defaults());
    private static final Section<CacheOptions> CACHE = new Section<>("cache", CacheOptions.defaults());

    /** One option of each type. */
    public record Every(
            int count,
            long bytes,
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
                    PartitionLayout.parse("a/day=!{timestamp:dd}/"),
                    List.of("x")));

    /** A secret, which the record takes care not to show, and a check of all at once. */
    public record Guarded(String token, int port) {
        public Guarded {
            StringJoiner problems = new StringJoiner("; ", "Invalid ", "").setEmptyValue("");
            if (token.length() < 8) {
                problems.add("token: not shown (must have 8 characters)");
            }
            if (port < 0) {
                problems.add("port: %d (must not be negative)".formatted(port));
            }
            if (problems.length() > 0) {
                throw new IllegalArgumentException(problems.toString());
            }
        }
    }

    private static final Section<Guarded> GUARDED = new Section<>("guarded", new Guarded("12345678", 1));

    @TempDir
    private Path directory;

    private static Properties properties(String... keysAndValues) {
        Properties properties = new Properties();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            properties.setProperty(keysAndValues[i], keysAndValues[i + 1]);
        }
        return properties;
    }

    private static List<String> problems(Properties properties, Section<?>... sections) {
        return catchThrowableOfType(ConfigurationException.class, () -> Configuration.of(properties, sections))
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
    void eachTypeHasAText() throws IOException {
        Properties properties = Configuration.load(file("""
                # 주문
                every.count = 2
                every.bytes = 9223372036854775807
                every.most = -1
                every.open = TRUE
                every.patience = PT0.5S
                every.until = 2026-01-31T09:00:00Z
                every.zone = Asia/Seoul
                every.endpoint = http://localhost:4567
                every.directory = 호수/a
                every.title = 주문 \\uac00
                every.state = timed-waiting
                every.layout = b/day=!{timestamp:dd}/
                """));

        assertThat(Configuration.of(properties, EVERY).get(EVERY))
                .isEqualTo(new Every(
                        2,
                        Long.MAX_VALUE,
                        -1L,
                        true,
                        Duration.ofMillis(500),
                        Instant.parse("2026-01-31T09:00:00Z"),
                        ZoneId.of("Asia/Seoul"),
                        URI.create("http://localhost:4567"),
                        Path.of("호수/a"),
                        "주문 가",
                        Thread.State.TIMED_WAITING,
                        PartitionLayout.parse("b/day=!{timestamp:dd}/"),
                        List.of("x")));
    }

    @Test
    void allThatIsWrongIsToldAtOnce() {
        Properties wrong = properties(
                "publisher.batchRecrods", "100",
                "publisher.requests", "99",
                "publisher.batchRecords", "many",
                "publisher.linger", "-PT1S",
                "publisher.ordering", "total",
                "cache.max-size", "1",
                "cache.expiry", "10 s");

        assertThatThrownBy(() -> Configuration.of(wrong, PUBLISHER, CACHE))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("""
                        Invalid configuration:
                          publisher.batchRecords: many (must be a whole number up to 2147483647, without separators)
                          publisher.ordering: total (must be one of per-key, none)
                          publisher.requests: 99 (must be 1 to 50)
                          publisher.linger: PT-1S (must be 0 to PT24H)
                          cache.expiry: 10 s (must be as PT0.5S, PT10S, PT5M or PT24H)
                          cache.max-size: unknown (did you mean cache.maxSize?)
                          publisher.batchRecrods: unknown (did you mean publisher.batchRecords?)""");
    }

    @Test
    void eachTypeTellsItsLimit() {
        Properties wrong = properties(
                "every.count", "2147483648",
                "every.bytes", "1_000",
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
                        "every.count: 2147483648 (must be a whole number up to 2147483647, without separators)",
                        "every.bytes: 1_000 (must be a whole number, without separators)",
                        "every.open: yes (must be true or false)",
                        "every.until: 2026-01-31 (must be as 2026-01-31T09:00:00Z)",
                        "every.zone: Seoul (must be as Asia/Seoul or +09:00)",
                        "every.endpoint: http://[ (must be as https://host:port)",
                        "every.names: it has no text (set it in code)");
    }

    @Test
    void whatARecordRefusesTogetherIsToldForOneOfThem() {
        assertThat(problems(properties("publisher.firstBackoff", "PT10S", "publisher.maxBackoff", "PT1S"), PUBLISHER))
                .containsExactly(
                        "publisher.firstBackoff: Invalid maxBackoff: PT1S (must not be below firstBackoff, PT10S)");
        assertThat(problems(
                        properties(
                                "publisher.firstBackoff", "PT0.01S",
                                "publisher.maxBackoff", "PT0.05S",
                                "publisher.requests", "0"),
                        PUBLISHER))
                .as("a pair that is right as a whole is no problem beside another one")
                .containsExactly("publisher.requests: 0 (must be 1 to 50)");
    }

    @Test
    void aRecordThatRefusesSeveralAtOnceIsAskedForEach() {
        assertThat(problems(properties("guarded.token", "geheim", "guarded.port", "-1"), GUARDED))
                .containsExactly(
                        "guarded.token: not shown (must have 8 characters)", "guarded.port: -1 (must not be negative)");
    }

    @Test
    void valuesOfUnknownKeysAreNotShown() {
        assertThatThrownBy(() -> Configuration.of(properties("guarded.tokne", "geheimnis"), GUARDED))
                .hasMessageContaining("guarded.tokne: unknown (did you mean guarded.token?)")
                .hasMessageNotContaining("geheimnis");
    }

    @Test
    void whatIsNoTextOrHasNoSectionIsRefused() {
        Properties numbers = new Properties();
        numbers.put("cache.maxSize", 5);
        assertThat(problems(numbers, CACHE)).containsExactly("cache.maxSize: a Integer (must be a text)");
        assertThat(problems(properties("a", "b"))).containsExactly("a: unknown (there are no options)");
    }

    @Test
    void aFileHasEachKeyOnceAndIsInUtf8() throws IOException {
        Path twice = file("cache.maxSize=1\ncache.maxSize=2\n");
        assertThatThrownBy(() -> Configuration.load(twice))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("cache.maxSize: twice in " + twice);
        Path torn = file("every.title=\\u12\n");
        assertThatThrownBy(() -> Configuration.load(torn)).hasMessageContaining("torn escape");
        Path korean = Files.write(
                directory.resolve("euc-kr.properties"),
                "every.title=주문".getBytes(java.nio.charset.Charset.forName("EUC-KR")));
        assertThatThrownBy(() -> Configuration.load(korean))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(korean + ": not in UTF-8");
        Path marked = Files.write(
                directory.resolve("bom.properties"), "\uFEFFcache.maxSize=1".getBytes(StandardCharsets.UTF_8));
        assertThat(Configuration.of(Configuration.load(marked), CACHE)
                        .get(CACHE)
                        .maxSize())
                .isEqualTo(1);
        assertThatThrownBy(() -> Configuration.load(directory.resolve("none"))).isInstanceOf(IOException.class);
    }

    @Test
    void sectionsHaveNamesOfTheirOwn() {
        assertThatThrownBy(() -> new Section<>("My Section", CacheOptions.defaults()))
                .hasMessage("Invalid section: 'My Section' (must match [a-z][A-Za-z0-9-]*)");
        assertThatThrownBy(() -> Configuration.of(new Properties(), CACHE, CACHE))
                .hasMessage("Invalid sections: two are named cache (give each a name of its own)");
        assertThatThrownBy(() -> Configuration.of(new Properties(), CACHE).get(PUBLISHER))
                .hasMessage("Cannot get section publisher (the configuration was taken with [cache])");
    }

    @Test
    void theKeysAreTheComponentsThatHaveAText() {
        assertThat(CACHE.keys()).containsExactly("cache.maxSize", "cache.expiry", "cache.unknownExpiry");
        assertThat(EVERY.keys()).hasSize(12).doesNotContain("every.names");
    }

    @Test
    void distancesCountSlipsOfTheFingers() {
        assertThat(Names.distance("records", "records")).isZero();
        assertThat(Names.distance("recrods", "records")).isEqualTo(1);
        assertThat(Names.distance("record", "records")).isEqualTo(1);
        assertThat(Names.distance("rocords", "records")).isEqualTo(1);
        assertThat(Names.distance("", "records")).isEqualTo(7);
    }
}
