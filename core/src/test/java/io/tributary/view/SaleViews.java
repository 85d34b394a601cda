package io.tributary.view;

import static io.tributary.view.Measure.approxDistinct;
import static io.tributary.view.Measure.average;
import static io.tributary.view.Measure.count;
import static io.tributary.view.Measure.distinct;
import static io.tributary.view.Measure.latest;
import static io.tributary.view.Measure.max;
import static io.tributary.view.Measure.min;
import static io.tributary.view.Measure.sum;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A view with every measure, and what each measure means in plain collections. */
final class SaleViews {
    private SaleViews() {}

    static ViewBuilder<Sale> everything(String name) {
        return View.named(name)
                .over(Sale.SCHEMA)
                .measure("n", count())
                .measure("sum_pieces", sum(Sale.PIECES))
                .measure("sum_amount", sum(Sale.AMOUNT))
                .measure("avg_pieces", average(Sale.PIECES))
                .measure("avg_amount", average(Sale.AMOUNT))
                .measure("first_shop", min(Sale.SHOP))
                .measure("last_shop", max(Sale.SHOP))
                .measure("last_seen", max(Sale.SEEN))
                .measure("pairs", distinct(Sale.SHOP, Sale.TILL))
                .measure("about_pairs", approxDistinct(Sale.SHOP, Sale.TILL))
                .measure("latest_shop", latest(Sale.SHOP, Sale.SENT));
    }

    static Map<String, Function<List<Sale>, @Nullable Object>> plain() {
        Map<String, Function<List<Sale>, @Nullable Object>> plain = new LinkedHashMap<>();
        plain.put("n", sales -> (long) sales.size());
        plain.put("sum_pieces", sales -> nullable(values(sales, Sale::pieces).map(Integer::longValue), Long::sum));
        plain.put("sum_amount", sales -> nullable(values(sales, Sale::amount), BigDecimal::add));
        plain.put(
                "avg_pieces",
                sales -> mean(
                        values(sales, Sale::pieces).map(BigDecimal::valueOf).toList(), 6));
        plain.put("avg_amount", sales -> mean(values(sales, Sale::amount).toList(), 8));
        plain.put(
                "first_shop",
                sales -> values(sales, Sale::shop).min(NaiveView.UTF_8_ORDER).orElse(null));
        plain.put(
                "last_shop",
                sales -> values(sales, Sale::shop).max(NaiveView.UTF_8_ORDER).orElse(null));
        plain.put("last_seen", sales -> nullable(values(sales, Sale::seen), (a, b) -> a.isAfter(b) ? a : b));
        plain.put("pairs", SaleViews::pairs);
        plain.put("about_pairs", SaleViews::pairs);
        plain.put("latest_shop", SaleViews::latestShop);
        return plain;
    }

    private static <V> Stream<V> values(List<Sale> sales, Function<Sale, @Nullable V> getter) {
        return sales.stream().map(getter).filter(Objects::nonNull).map(Objects::requireNonNull);
    }

    private static <V> @Nullable V nullable(Stream<V> values, java.util.function.BinaryOperator<V> operator) {
        return values.reduce(operator).orElse(null);
    }

    private static @Nullable BigDecimal mean(List<BigDecimal> values, int scale) {
        return values.isEmpty()
                ? null
                : values.stream()
                        .reduce(BigDecimal.ZERO, BigDecimal::add)
                        .divide(BigDecimal.valueOf(values.size()), scale, RoundingMode.HALF_UP);
    }

    private static Long pairs(List<Sale> sales) {
        Set<List<String>> pairs = new HashSet<>();
        for (Sale sale : sales) {
            if (sale.shop() != null && sale.till() != null) {
                pairs.add(List.of(sale.shop(), sale.till()));
            }
        }
        return (long) pairs.size();
    }

    private static @Nullable String latestShop(List<Sale> sales) {
        return sales.stream()
                .filter(sale -> sale.shop() != null)
                .max(Comparator.comparing(Sale::sent)
                        .thenComparing(sale -> Objects.requireNonNull(sale.shop()), NaiveView.UTF_8_ORDER))
                .map(Sale::shop)
                .orElse(null);
    }
}
