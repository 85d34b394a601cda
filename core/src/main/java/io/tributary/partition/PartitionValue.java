package io.tributary.partition;

/**
 * The value of a partition column, in canonical text: zero-padded, as in the path.
 *
 * @param column whose value it is
 * @param text such as {@code 09} or {@code 2023-09-07}
 */
public record PartitionValue(PartitionColumn column, String text) implements Comparable<PartitionValue> {
    public PartitionValue {
        if (!fits(column.pattern(), text)) {
            throw new IllegalArgumentException("Invalid value of partition column %s: %s (must be the digits of %s)"
                    .formatted(column.name(), PathEscape.show(text), column.pattern()));
        }
    }

    private static boolean fits(String pattern, String text) {
        if (text.length() != pattern.length()) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char wanted = pattern.charAt(i);
            char found = text.charAt(i);
            if (Character.isLetter(wanted) ? found < '0' || found > '9' : found != wanted) {
                return false;
            }
        }
        return true;
    }

    /** As SQL takes it for a bind variable: an Integer or a String, as the column is. */
    public Object value() {
        return column.isInteger() ? (Object) Integer.valueOf(text) : text;
    }

    /** As a literal of SQL: {@code 9} or {@code '2023-09-07'}. */
    public String sql() {
        return column.isInteger() ? value().toString() : "'" + text + "'";
    }

    /** By time, within one column. */
    @Override
    public int compareTo(PartitionValue other) {
        return text.compareTo(other.text);
    }

    @Override
    public String toString() {
        return column.name() + "=" + text;
    }
}
