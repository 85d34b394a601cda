package io.tributary.speed.kinesis;

import java.util.Set;
import org.apache.flink.api.connector.source.SourceEvent;

/** A reader tells the enumerator, once it has started, which shards it goes on with. */
record ShardsHeld(Set<String> shardIds) implements SourceEvent {}
