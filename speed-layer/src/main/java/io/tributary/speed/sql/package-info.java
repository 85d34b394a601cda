/**
 * The same records and views for those who go on in Flink's SQL: tables as DDL. Start with {@link
 * io.tributary.speed.sql.FlinkTable}.
 */
@NullMarked
package io.tributary.speed.sql;

import org.jspecify.annotations.NullMarked;
