package io.tributary.examples.command;

import io.tributary.examples.bench.Benchmark;
import io.tributary.examples.bench.Benchmarks;
import io.tributary.examples.bench.Line;
import io.tributary.examples.bench.Machine;
import io.tributary.examples.bench.Scale;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "bench",
        description = {
            "Measure against what a user would take instead: both sides in turn, on the same data, in one run.",
            "Prints ours, the alternative, and how many times ours is better: the median of the rounds with the least"
                    + " and the greatest. Exits with 1 when the two sides of a line do not agree on the result."
        })
final class BenchCommand implements Callable<Integer> {
    private static final String ALL = "all";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "NAME",
            description = "A benchmark, or 'all'; without it, they are listed.")
    private String name = "";

    @Option(names = "--quick", description = "Little data and few rounds: shows that it runs, not how fast.")
    private boolean quick;

    @Override
    public Integer call() throws Exception {
        if (name.isEmpty()) {
            List<List<String>> rows = Benchmarks.all().stream()
                    .map(benchmark -> List.of(benchmark.name(), benchmark.summary()))
                    .toList();
            TextTable.of(List.of("name", "what is compared"), rows).print(System.out);
            return 0;
        }
        Scale scale = quick ? Scale.QUICK : Scale.FULL;
        List<List<String>> rows = new ArrayList<>();
        Machine before = Machine.here();
        for (Benchmark benchmark : chosen()) {
            System.err.printf("%s: %s%n", benchmark.name(), benchmark.summary());
            benchmark.run(scale, line -> {
                System.err.printf("  %s: %s (%s; %s)%n", line.what(), line.ratio(), line.ours(), line.alternative());
                rows.add(row(line));
            });
        }
        System.out.printf("%s%n%n", before);
        TextTable.of(List.of("what", "ours", "alternative", "ratio", "target"), rows)
                .print(System.out);
        return 0;
    }

    private List<Benchmark> chosen() {
        if (name.equals(ALL)) {
            return Benchmarks.all();
        }
        return Benchmarks.find(name)
                .map(List::of)
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(),
                        "Invalid benchmark: %s (must be %s or one of %s)"
                                .formatted(
                                        name,
                                        ALL,
                                        Benchmarks.all().stream()
                                                .map(Benchmark::name)
                                                .collect(Collectors.joining(", ")))));
    }

    private static List<String> row(Line line) {
        return List.of(
                line.what(), line.ours(), line.alternative(), line.ratio().toString(), line.verdict());
    }
}
