package io.tributary.batch.server;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What runs the statements behind Athena's protocol. */
@FunctionalInterface
public interface SqlBackend {

    /**
     * The whole result of a statement.
     *
     * @param rows can hold null
     */
    record Result(List<String> columns, List<List<@Nullable String>> rows, long scannedBytes) {}

    /**
     * Runs a statement; ends early when its thread is interrupted.
     *
     * @param database where tables without one are; null for none
     * @param parameters texts of literals
     * @throws Exception whose message is the reason
     */
    Result run(@Nullable String database, String sql, List<String> parameters) throws Exception;
}
