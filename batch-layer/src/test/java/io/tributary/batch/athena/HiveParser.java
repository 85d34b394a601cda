package io.tributary.batch.athena;

import org.apache.hadoop.hive.ql.parse.ParseDriver;
import org.apache.hadoop.hive.ql.parse.ParseException;

/** Hive's own reading of its DDL. */
public final class HiveParser {
    private HiveParser() {}

    /** The syntax tree as text, names and literals as they were read. */
    public static String tree(String ddl) {
        try {
            return new ParseDriver().parse(ddl).getTree().toStringTree();
        } catch (ParseException e) {
            throw new AssertionError("Hive cannot parse: " + ddl, e);
        }
    }
}
