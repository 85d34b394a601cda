package io.tributary.speed.kinesis;

import java.util.Set;
import org.apache.flink.api.connector.source.SourceEvent;

/**
 * The enumerator tells a reader that it knows of finished shards and has given away their children. Flink
 * delivers it before the barrier of a checkpoint only when the enumerator's part of that checkpoint has them
 * finished, so the reader may forget.
 */
record FinishNoted(Set<String> shardIds) implements SourceEvent {}
