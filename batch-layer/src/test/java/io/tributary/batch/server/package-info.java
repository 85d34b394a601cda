/** Servers that tests start: S3, Athena and the Trino behind it, each emulator in a JVM of its own. */
package io.tributary.batch.server;
