package io.tributary.batch.athena;

import io.tributary.batch.query.Query;
import java.util.regex.Pattern;

/** The name of a table or view in the catalogue, with its database. Athena has no other letters in names than these. */
public record TableName(String database, String table) {
    private static final Pattern NAME = Pattern.compile("[a-z0-9_]{1,255}");
    private static final int SHOWN = 80;

    public TableName {
        check("database", database);
        check("table", table);
    }

    private static void check(String what, String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("Invalid %s name: %s (must match %s; rename it)"
                    .formatted(what, name.length() <= SHOWN ? name : name.substring(0, SHOWN) + "…", NAME));
        }
    }

    /** Creates the database, unless it is there. */
    public Query createDatabase() {
        return Query.of("CREATE DATABASE IF NOT EXISTS " + HiveText.name(database));
    }

    @Override
    public String toString() {
        return database + "." + table;
    }
}
