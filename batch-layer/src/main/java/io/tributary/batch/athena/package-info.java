/**
 * Amazon Athena: tables over a lake and their DDL. Start with {@link io.tributary.batch.athena.AthenaTable}.
 */
@NullMarked
package io.tributary.batch.athena;

import org.jspecify.annotations.NullMarked;
