package io.tributary.batch.query;

/** The SQL that an engine speaks. */
public enum Dialect {
    /** Amazon Athena, engine version 3: a Trino. */
    ATHENA,
    /** DuckDB, embedded. */
    DUCKDB
}
