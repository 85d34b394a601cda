package io.tributary.batch;

import io.tributary.batch.athena.AthenaTable;
import io.tributary.batch.athena.TableName;
import io.tributary.batch.query.Dialect;
import io.tributary.batch.query.Query;
import org.jooq.DSLContext;
import org.jooq.QueryPart;
import org.jooq.Record;
import org.jooq.Select;
import org.jooq.Table;
import org.jooq.impl.DSL;

/** Statements as Athena takes them, rendered by jOOQ. */
final class AthenaSql {
    static final Sql SQL = new Sql(Dialect.ATHENA);

    private AthenaSql() {}

    static Table<Record> table(TableName name) {
        return DSL.table(DSL.name(name.database(), name.table()));
    }

    /** With the values as parameters. */
    static Query bound(Select<?> select) {
        DSLContext render = SQL.renderParameters();
        return checked(
                Query.of(render.render(select), render.extractBindValues(select).toArray()));
    }

    /** With the values in the text, as what is not a query must have them. */
    static Query inlined(QueryPart statement) {
        return checked(Query.of(SQL.render().render(statement)));
    }

    private static Query checked(Query query) {
        int bytes = query.sqlBytes();
        if (bytes > AthenaTable.MOST_BYTES) {
            throw new IllegalArgumentException("Cannot write a statement of %d bytes (at most %d; ask for less at once)"
                    .formatted(bytes, AthenaTable.MOST_BYTES));
        }
        return query;
    }
}
