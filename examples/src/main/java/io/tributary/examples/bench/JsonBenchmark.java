package io.tributary.examples.bench;

import io.tributary.codec.JsonLines;
import io.tributary.retail.EnrichedOrder;
import io.tributary.schema.Column;
import io.tributary.schema.Outcome;
import io.tributary.schema.Schema;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Orders from JSON and back, and only the columns that the views by division need. */
final class JsonBenchmark implements Benchmark {
    /** What is read of an order when sales by hour and division are asked for. */
    record DivisionSale(@Nullable String divisionName, BigDecimal amount, LocalDateTime dateTime) {
        static final Schema<DivisionSale> SCHEMA = Schema.of(
                "transaction_order",
                DivisionSale.class,
                EnrichedOrder.DIVISION_NAME.in(DivisionSale::divisionName),
                EnrichedOrder.MOUNT.in(DivisionSale::amount),
                EnrichedOrder.TR_DATETIME.in(DivisionSale::dateTime));
    }

    private static final String DATABIND = "databind";
    private static final double FULL_TARGET = 1.6;
    private static final double FASTEST_TARGET = 0.9;
    private static final double PART_TARGET = 2.5;

    @Override
    public String name() {
        return "json";
    }

    @Override
    public String summary() {
        return "JSON to orders and back, against Jackson databind, fastjson2 and dsl-json";
    }

    @Override
    public void run(Scale scale, Consumer<Line> lines) throws Exception {
        List<EnrichedOrder> orders = OrdersLake.orders((int) scale.of(2_000, 50_000));
        List<Mapper> mappers = Mapper.all();
        for (boolean escaped : List.of(false, true)) {
            JsonLines<EnrichedOrder> codec = JsonLines.of(EnrichedOrder.SCHEMA);
            JsonLines<EnrichedOrder> ours = escaped ? codec.escaped() : codec;
            List<byte[]> json = orders.stream().map(ours::encode).toList();
            String form = escaped ? "escaped" : "plain";
            for (Mapper mapper : mappers) {
                Mapper.Writer writer = escaped ? mapper.escapedWriter() : mapper.writer();
                List<WireOrder> wire = checked(mapper, json, orders);
                double target = mapper.name().startsWith(DATABIND) ? FULL_TARGET : FASTEST_TARGET;
                lines.accept(duel(
                                "decode, " + form,
                                target,
                                json.size(),
                                () -> sum(json, codec, EnrichedOrder::amount),
                                mapper.name(),
                                () -> sum(json, mapper.reader()))
                        .run(scale));
                if (mapper.name().equals(DATABIND)) {
                    lines.accept(partDuel(form, json, orders, mapper).run(scale));
                }
                if (writer == null) {
                    continue;
                }
                check(mapper.name(), wire, writer, orders, escaped);
                lines.accept(duel(
                                "encode, " + form,
                                target,
                                json.size(),
                                () -> {
                                    for (EnrichedOrder order : orders) {
                                        ours.encode(order);
                                    }
                                    return BigDecimal.ZERO;
                                },
                                mapper.name(),
                                () -> {
                                    for (WireOrder order : wire) {
                                        writer.write(order);
                                    }
                                    return BigDecimal.ZERO;
                                })
                        .run(scale));
            }
        }
    }

    private static Duel<BigDecimal> partDuel(
            String form, List<byte[]> json, List<EnrichedOrder> orders, Mapper mapper) {
        JsonLines<DivisionSale> part = JsonLines.of(DivisionSale.SCHEMA);
        for (int i = 0; i < orders.size(); i++) {
            EnrichedOrder order = orders.get(i);
            if (!part.decode(json.get(i))
                    .equals(Outcome.accepted(
                            new DivisionSale(order.divisionName(), order.amount(), order.dateTime())))) {
                throw differing("a part of it", order);
            }
        }
        return duel(
                "decode three columns, " + form,
                PART_TARGET,
                json.size(),
                () -> sum(json, part, DivisionSale::amount),
                mapper.name() + ", whole orders",
                () -> sum(json, mapper.reader()));
    }

    private static Duel<BigDecimal> duel(
            String what,
            double target,
            int count,
            Callable<BigDecimal> ours,
            String theirName,
            Callable<BigDecimal> theirs) {
        return new Duel<>(
                what, count, "orders", target, new Contender<>("JsonLines", ours), new Contender<>(theirName, theirs));
    }

    /** The orders as the mapper reads them, after a comparison with what they are and what ours reads. */
    private static List<WireOrder> checked(Mapper mapper, List<byte[]> json, List<EnrichedOrder> orders)
            throws Exception {
        JsonLines<EnrichedOrder> codec = JsonLines.of(EnrichedOrder.SCHEMA);
        List<WireOrder> wire = new ArrayList<>();
        for (int i = 0; i < json.size(); i++) {
            WireOrder read = mapper.reader().read(json.get(i));
            EnrichedOrder order = orders.get(i);
            if (!read.toOrder().equals(order) || !order.equals(value(codec.decode(json.get(i))))) {
                throw differing(mapper.name(), order);
            }
            wire.add(read);
        }
        return wire;
    }

    private static void check(
            String name, List<WireOrder> wire, Mapper.Writer writer, List<EnrichedOrder> orders, boolean escaped)
            throws Exception {
        JsonLines<EnrichedOrder> codec = JsonLines.of(EnrichedOrder.SCHEMA);
        for (int i = 0; i < wire.size(); i++) {
            byte[] written = writer.write(wire.get(i));
            if (!orders.get(i).equals(value(codec.decode(written))) || (escaped && !isAscii(written))) {
                throw differing(name, orders.get(i));
            }
        }
    }

    private static boolean isAscii(byte[] written) {
        return StandardCharsets.US_ASCII.newEncoder().canEncode(new String(written, StandardCharsets.UTF_8));
    }

    private static IllegalStateException differing(String name, EnrichedOrder order) {
        return new IllegalStateException("Cannot compare JSON: %s and JsonLines differ on %s".formatted(name, order));
    }

    private static <R> R value(Outcome<R> outcome) {
        if (outcome instanceof Outcome.Accepted<R> accepted) {
            return accepted.value();
        }
        throw new IllegalStateException("Cannot compare JSON: not read: " + outcome);
    }

    private static <R> BigDecimal sum(List<byte[]> json, JsonLines<R> codec, Column.Getter<R, BigDecimal> amount) {
        BigDecimal sum = BigDecimal.ZERO.setScale(2);
        for (byte[] line : json) {
            BigDecimal added = amount.apply(value(codec.decode(line)));
            sum = added == null ? sum : sum.add(added);
        }
        return sum;
    }

    private static BigDecimal sum(List<byte[]> json, Mapper.Reader reader) throws Exception {
        BigDecimal sum = BigDecimal.ZERO.setScale(2);
        for (byte[] line : json) {
            sum = sum.add(reader.read(line).mount);
        }
        return sum.setScale(2);
    }
}
