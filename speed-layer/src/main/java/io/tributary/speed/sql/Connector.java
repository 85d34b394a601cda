package io.tributary.speed.sql;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is behind a table: the options of its WITH clause. Records are JSON, with times as ISO 8601 has them, but for
 * {@link #filesystem}.
 */
public sealed interface Connector {

    /** The options, in the order in which they are written. */
    Map<String, String> options();

    /** A stream of Kinesis, for the connector from 5.0 on, which names a stream by its ARN. */
    static Connector kinesis(String streamArn, TableStart start) {
        return new Kinesis(streamArn, start);
    }

    /** A stream of Kinesis, for the connector up to 4.x and for managed notebooks, which name a stream by its name. */
    static Connector kinesisByName(String stream, String region, TableStart start) {
        return new KinesisByName(stream, region, start);
    }

    /**
     * A directory, with times as SQL has them: {@code 2015-01-01 10:00:00}. Streamed partitions are marked by a success
     * file; a table without partitions gets none.
     */
    static Connector filesystem(String path, Duration commitDelay) {
        return new Filesystem(path, commitDelay);
    }

    /** A file of JSON lines, or a directory of them, to be read: the orders of a lake, say. */
    static Connector jsonFiles(String path) {
        return new JsonFiles(path);
    }

    /** A stream by its ARN. */
    record Kinesis(String streamArn, TableStart start) implements Connector {
        private static final Pattern ARN =
                Pattern.compile("arn:aws[a-z-]*:kinesis:([a-z0-9-]+):[0-9]{12}:stream/[a-zA-Z0-9_.-]{1,128}");

        public Kinesis {
            region(streamArn);
        }

        private static String region(String arn) {
            return Optional.of(ARN.matcher(arn))
                    .filter(Matcher::matches)
                    .map(matcher -> matcher.group(1))
                    .orElseThrow(() -> new IllegalArgumentException(
                            "Invalid ARN of a stream: %s (must match %s)".formatted(arn, ARN)));
        }

        @Override
        public Map<String, String> options() {
            Map<String, String> options = new LinkedHashMap<>();
            options.put("connector", "kinesis");
            options.put("stream.arn", streamArn);
            options.put("aws.region", region(streamArn));
            options.put("source.init.position", start.name());
            return json(options);
        }
    }

    /** A stream by its name. */
    record KinesisByName(String stream, String region, TableStart start) implements Connector {
        private static final Pattern STREAM = Pattern.compile("[a-zA-Z0-9_.-]{1,128}");
        private static final Pattern REGION = Pattern.compile("[a-z0-9-]{1,32}");

        public KinesisByName {
            if (!STREAM.matcher(stream).matches()) {
                throw new IllegalArgumentException("Invalid stream: %s (must match %s)".formatted(stream, STREAM));
            }
            if (!REGION.matcher(region).matches()) {
                throw new IllegalArgumentException(
                        "Invalid region: %s (must match %s, such as ap-northeast-2)".formatted(region, REGION));
            }
        }

        @Override
        public Map<String, String> options() {
            Map<String, String> options = new LinkedHashMap<>();
            options.put("connector", "kinesis");
            options.put("stream", stream);
            options.put("aws.region", region);
            options.put("scan.stream.initpos", start.name());
            return json(options);
        }
    }

    /** A directory of files of JSON lines. */
    record Filesystem(String path, Duration commitDelay) implements Connector {
        public Filesystem {
            requirePath(path);
            if (commitDelay.isNegative() || commitDelay.getNano() != 0) {
                throw new IllegalArgumentException(
                        "Invalid delay of commits: %s (must be whole seconds, not negative)".formatted(commitDelay));
            }
        }

        @Override
        public Map<String, String> options() {
            Map<String, String> options = new LinkedHashMap<>();
            options.put("connector", "filesystem");
            options.put("path", path);
            options.put("format", "json");
            options.put("sink.partition-commit.policy.kind", "success-file");
            options.put("sink.partition-commit.delay", delay());
            return options;
        }

        private String delay() {
            return commitDelay.toSecondsPart() == 0 && !commitDelay.isZero()
                    ? commitDelay.toMinutes() + " min"
                    : commitDelay.toSeconds() + " s";
        }
    }

    /** Files of JSON lines that something else has written. */
    record JsonFiles(String path) implements Connector {
        public JsonFiles {
            requirePath(path);
        }

        @Override
        public Map<String, String> options() {
            Map<String, String> options = new LinkedHashMap<>();
            options.put("connector", "filesystem");
            options.put("path", path);
            return json(options);
        }
    }

    private static void requirePath(String path) {
        if (path.isBlank()) {
            throw new IllegalArgumentException("Invalid path: blank (name a directory, such as s3a://bucket/data)");
        }
    }

    private static Map<String, String> json(Map<String, String> options) {
        options.put("format", "json");
        options.put("json.timestamp-format.standard", "ISO-8601");
        return options;
    }
}
