package io.tributary.speed.kinesis;

import java.util.Set;
import org.apache.flink.api.connector.source.SourceEvent;

/** A reader tells the enumerator which shards it has emitted to the end. */
record ShardsFinished(Set<String> shardIds) implements SourceEvent {}
