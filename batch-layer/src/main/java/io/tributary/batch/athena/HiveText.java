package io.tributary.batch.athena;

import io.tributary.schema.ColumnType;
import io.tributary.schema.InvalidValueException;

/** Names and texts in Hive's DDL. */
final class HiveText {
    private HiveText() {}

    /** A name that was checked to have no quote in it. */
    static String name(String name) {
        return "`" + name + "`";
    }

    static String name(TableName name) {
        return name(name.database()) + "." + name(name.table());
    }

    /**
     * A literal, with backslashes before quotes and backslashes: Hive reads two quotes as none.
     *
     * @param what it is, for the message
     * @throws IllegalArgumentException when there are control characters or half characters in it
     */
    static String literal(String what, String text) {
        try {
            ColumnType.text().parse(text);
        } catch (InvalidValueException e) {
            throw new IllegalArgumentException("Invalid %s: must be %s".formatted(what, e.requirement()), e);
        }
        text.codePoints().filter(Character::isISOControl).findFirst().ifPresent(c -> {
            throw new IllegalArgumentException(
                    "Invalid %s: must be text without control characters (drop U+%04X)".formatted(what, c));
        });
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
