package io.tributary.examples.bench;

import io.tributary.batch.lake.LakeWriter;
import io.tributary.examples.data.Catalogue;
import io.tributary.examples.data.OrderGenerator;
import io.tributary.retail.EnrichedOrder;
import io.tributary.retail.Product;
import io.tributary.retail.RetailLake;
import io.tributary.retail.RetailViews;
import io.tributary.retail.TransactionOrder;
import io.tributary.serving.Answer;
import io.tributary.serving.InMemorySpeedStore;
import io.tributary.serving.LambdaView;
import io.tributary.view.BatchView;
import io.tributary.view.IngestSlice;
import io.tributary.view.SlicePartial;
import io.tributary.view.Slices;
import io.tributary.view.SpeedStore;
import io.tributary.view.TimeRange;
import io.tributary.view.View;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Every division sells in every hour of some years: the view of the three that sell most, with a slice of each, and
 * the same orders as a lake.
 */
final class HourlySales {
    private static final View<EnrichedOrder> VIEW = RetailViews.HOURLY_TOP3_DIVISIONS;
    private static final LocalDate FIRST_DAY = LocalDate.of(2015, 1, 1);
    private static final Instant CUT = OrdersLake.CUT;
    private static final int HOURS = 24;
    private static final int TOP = 3;
    private static final int READERS = 4;
    /** Each reader asks about two hundred times a second, the writer commits about a hundred times. */
    private static final long READER_PAUSE = 5_000_000;

    private static final long WRITER_PAUSE = 10_000_000;

    private final List<Product> products;
    private final int days;
    private final int ordersOfSlice;
    private final SpeedStore.Writer writer;
    private final LambdaView<EnrichedOrder> view;
    private final int slices;
    private long checkpoint;

    private HourlySales(List<Product> products, int days, int ordersOfSlice) {
        this.products = products;
        this.days = days;
        this.ordersOfSlice = ordersOfSlice;
        Slices<EnrichedOrder> all = VIEW.slices();
        orders().forEach(all::add);
        this.slices = all.size();
        SpeedStore store = InMemorySpeedStore.create();
        this.writer = store.writer(VIEW, SpeedStore.WriterId.only(), SpeedStore.Start.empty("bench"));
        this.view = LambdaView.of(VIEW, new BatchView(VIEW.name(), CUT, all.toList(), List.of()), store);
    }

    static HourlySales of(long slices, int ordersOfSlice) {
        List<Product> products = new ArrayList<>();
        Catalogue.of(1).products().forEach(product -> {
            if (products.isEmpty()
                    || !product.divisionCode()
                            .equals(products.get(products.size() - 1).divisionCode())) {
                products.add(product);
            }
        });
        return new HourlySales(products, (int) (slices / products.size() / HOURS) + 1, ordersOfSlice);
    }

    private Stream<EnrichedOrder> orders() {
        return IntStream.range(0, days * HOURS * products.size() * ordersOfSlice)
                .mapToObj(i -> {
                    int slice = i / ordersOfSlice;
                    LocalDateTime hour = FIRST_DAY.atStartOfDay().plusHours(slice / products.size());
                    Product product = products.get(slice % products.size());
                    return order(product, hour.plusSeconds(i % ordersOfSlice), 100L * (slice % 1_000) + i % 7);
                });
    }

    private static EnrichedOrder order(Product product, LocalDateTime time, long amount) {
        TransactionOrder order = new TransactionOrder(
                time.toLocalDate(),
                time.getHour(),
                "S0001",
                "강남점",
                "01",
                "0001",
                product.productCode(),
                1,
                BigDecimal.valueOf(amount),
                time);
        return EnrichedOrder.of(order, product, OrderGenerator.START);
    }

    void writeTo(Path directory) throws IOException {
        try (LakeWriter<EnrichedOrder> lake = OrdersLake.at(directory).writer()) {
            for (Iterator<EnrichedOrder> orders = orders().iterator(); orders.hasNext(); ) {
                EnrichedOrder order = orders.next();
                lake.write(order, order.eventTime());
            }
        }
    }

    LambdaView<EnrichedOrder> view() {
        return view;
    }

    int slices() {
        return slices;
    }

    /** The last day is the one to which is written. */
    LocalDate anyDayBefore(Random random) {
        return FIRST_DAY.plusDays(random.nextInt(days - 1));
    }

    /** The view's rows of a day as a person asks DuckDB for them. */
    String question(Path directory, LocalDate day) {
        return """
            with divisions as (
              select strftime(date_trunc('hour', tr_datetime), '%%Y-%%m-%%dT%%H:%%M') as hour, division_name,
                sum(mount) as sold, count(*) as cnt
              from read_json('%s/*/*/*/*/*.json', format = 'newline_delimited', columns = {
                tr_datetime: 'TIMESTAMP', division_name: 'VARCHAR', mount: 'DECIMAL(18,2)'})
              where tr_datetime >= '%s' and tr_datetime < '%s' group by all)
            select *, row_number() over (partition by hour order by sold desc, division_name) as place
            from divisions qualify place <= %d order by hour, place\
            """.formatted(directory.resolve(RetailLake.LAYOUT.root()), day, day.plusDays(1), TOP);
    }

    List<String> texts(Answer answer) {
        return answer.rows().stream()
                .map(row -> {
                    List<Object> texts = new ArrayList<>(row.values());
                    texts.remove(1);
                    return texts.toString();
                })
                .toList();
    }

    /**
     * How long each of the reads took that some readers did while a writer committed slices of the last day.
     *
     * @param lastDayOnly whether they asked for that day, or for any
     */
    Latencies readWhileWriting(int readsOfEach, boolean lastDayOnly) throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        ExecutorService threads = Executors.newFixedThreadPool(READERS + 1);
        try {
            Future<?> writing = threads.submit(() -> write(done));
            List<Callable<long[]>> readers = new ArrayList<>();
            for (int i = 0; i < READERS; i++) {
                Random random = new Random(i);
                readers.add(() -> read(random, readsOfEach, lastDayOnly));
            }
            List<long[]> nanos = new ArrayList<>();
            for (Future<long[]> reader : threads.invokeAll(readers)) {
                nanos.add(reader.get());
            }
            done.set(true);
            writing.get();
            return Latencies.ofNanos(nanos.stream().flatMapToLong(LongStream::of));
        } finally {
            done.set(true);
            threads.shutdown();
        }
    }

    private long[] read(Random random, int reads, boolean lastDayOnly) {
        long[] nanos = new long[reads];
        for (int i = 0; i < reads; i++) {
            int number = lastDayOnly ? days - 1 : random.nextInt(days);
            TimeRange day = TimeRange.day(FIRST_DAY.plusDays(number).toString());
            long start = System.nanoTime();
            Answer answer = view.read(day);
            nanos[i] = System.nanoTime() - start;
            if (answer.rows().size() != HOURS * TOP) {
                throw new IllegalStateException("Cannot measure reads: %s has %d rows (must have %d)"
                        .formatted(day, answer.rows().size(), HOURS * TOP));
            }
            LockSupport.parkNanos(READER_PAUSE);
        }
        return nanos;
    }

    private void write(AtomicBoolean done) {
        Random random = new Random(1);
        while (!done.get()) {
            LocalDateTime time = FIRST_DAY.plusDays(days - 1).atTime(random.nextInt(HOURS), 0);
            Slices<EnrichedOrder> put = VIEW.slices();
            products.forEach(product -> put.add(order(product, time, 1 + random.nextInt(100_000))));
            List<IngestSlice> slices = new ArrayList<>();
            for (SlicePartial slice : put.toList()) {
                slices.add(new IngestSlice(CUT, slice));
            }
            writer.put(slices);
            checkpoint++;
            writer.prepare(checkpoint);
            writer.commit(checkpoint);
            LockSupport.parkNanos(WRITER_PAUSE);
        }
    }
}
