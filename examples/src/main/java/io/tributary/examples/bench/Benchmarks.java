package io.tributary.examples.bench;

import java.util.List;
import java.util.Optional;

/** All benchmarks, in the order in which they run. */
public final class Benchmarks {
    private Benchmarks() {}

    public static List<Benchmark> all() {
        return List.of(
                new JsonBenchmark(),
                new PathBenchmark(),
                new TimeBenchmark(),
                new CompactionBenchmark(),
                new ViewSqlBenchmark(),
                new ReadBenchmark(),
                new RefreshBenchmark(),
                new EnrichmentBenchmark(),
                new PublisherBenchmark(),
                new PipelineBenchmark(),
                new TumbleBenchmark(),
                new CumulateBenchmark(),
                new CheckpointBenchmark(),
                new LabsBenchmark(),
                new GrowthBenchmark());
    }

    public static Optional<Benchmark> find(String name) {
        return all().stream().filter(benchmark -> benchmark.name().equals(name)).findFirst();
    }
}
