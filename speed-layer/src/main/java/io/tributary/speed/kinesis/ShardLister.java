package io.tributary.speed.kinesis;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.ListShardsRequest;
import software.amazon.awssdk.services.kinesis.model.ListShardsResponse;
import software.amazon.awssdk.services.kinesis.model.Shard;

/** Lists all shards that a stream still has, open and closed, page by page. */
final class ShardLister {
    private final KinesisClient client;
    private final String stream;

    ShardLister(KinesisClient client, String stream) {
        this.client = client;
        this.stream = stream;
    }

    List<ListedShard> list() throws IOException, InterruptedException {
        List<ListedShard> shards = new ArrayList<>();
        String token = null;
        do {
            ListShardsResponse page = page(token);
            page.shards().forEach(shard -> shards.add(listed(shard)));
            token = page.nextToken();
        } while (token != null);
        return shards;
    }

    private static ListedShard listed(Shard shard) {
        return new ListedShard(
                shard.shardId(),
                Stream.of(shard.parentShardId(), shard.adjacentParentShardId())
                        .filter(Objects::nonNull)
                        .toList());
    }

    private ListShardsResponse page(@Nullable String token) throws IOException, InterruptedException {
        // The token stands for the stream; to name both is refused.
        ListShardsRequest request = token == null
                ? ListShardsRequest.builder().streamName(stream).build()
                : ListShardsRequest.builder().nextToken(token).build();
        Retry retry = new Retry();
        while (true) {
            try {
                return client.listShards(request);
            } catch (SdkException e) {
                Duration wait = retry.after(e, "list the shards of stream " + stream);
                TimeUnit.NANOSECONDS.sleep(wait.toNanos());
            }
        }
    }
}
