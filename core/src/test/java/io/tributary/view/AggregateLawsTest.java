package io.tributary.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.retail.EnrichedOrder;
import io.tributary.retail.RandomOrders;
import io.tributary.retail.RetailViews;
import io.tributary.schema.Column;
import io.tributary.schema.ColumnType;
import io.tributary.testing.MeasureLaws;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class AggregateLawsTest {
    @Provide
    Arbitrary<List<Sale>> sales() {
        return AwkwardSales.lists(20);
    }

    @Property(tries = 200)
    void countsObeyTheLaws(@ForAll("sales") List<Sale> sales, @ForAll long seed) {
        hold(new Aggregate.Count<Sale>(List.of()), sales, seed);
        hold(new Aggregate.Count<>(List.of(Sale.SHOP, Sale.AMOUNT)), sales, seed);
    }

    @Property(tries = 200)
    void sumsObeyTheLaws(@ForAll("sales") List<Sale> sales, @ForAll long seed) {
        hold(new Aggregate.Sum<>(Sale.PIECES), sales, seed);
        hold(new Aggregate.Sum<>(Sale.POINTS), sales, seed);
        hold(new Aggregate.Sum<>(Sale.AMOUNT), sales, seed);
    }

    @Property(tries = 200)
    void extremesOfEveryTypeObeyTheLaws(@ForAll("sales") List<Sale> sales, @ForAll long seed) {
        for (Column<Sale, ?> column : Sale.SCHEMA.columns()) {
            for (Aggregate.Extreme.Side side : Aggregate.Extreme.Side.values()) {
                hold(new Aggregate.Extreme<>(column, side), sales, seed);
            }
        }
    }

    @Property(tries = 200)
    void setsObeyTheLaws(@ForAll("sales") List<Sale> sales, @ForAll long seed) {
        hold(new Aggregate.ValueSet<>(List.of(Sale.SHOP)), sales, seed);
        hold(new Aggregate.ValueSet<>(List.of(Sale.SHOP, Sale.TILL, Sale.AMOUNT, Sale.DAY)), sales, seed);
    }

    @Property(tries = 200)
    void sketchesObeyTheLawsBelowAndAboveTheirSize(@ForAll("sales") List<Sale> sales, @ForAll long seed) {
        hold(new Aggregate.BottomHashes<>(List.of(Sale.POINTS), 16), sales, seed);
        hold(new Aggregate.BottomHashes<>(List.of(Sale.SHOP, Sale.TILL), 4096), sales, seed);
    }

    @Property(tries = 200)
    void latestOfEveryTypeObeysTheLaws(@ForAll("sales") List<Sale> sales, @ForAll long seed) {
        for (Column<Sale, ?> column : Sale.SCHEMA.columns()) {
            hold(new Aggregate.Latest<>(column, Sale.SENT), sales, seed);
        }
        hold(new Aggregate.Latest<>(Sale.SHOP, Sale.SEEN), sales, seed);
    }

    @Property(tries = 50)
    void partialsOfEveryRetailViewObeyTheLaws(@ForAll long seed) {
        List<EnrichedOrder> orders = new RandomOrders(seed, 2).list(30);
        RetailViews.all().forEach(view -> MeasureLaws.check(view, orders, seed));
    }

    @Property(tries = 200)
    void slicesComeBackFromTheirTextsAndTheirBinaryForm(@ForAll("sales") List<Sale> sales) throws IOException {
        View<Sale> view = SaleViews.everything("every-type")
                .groupBy(Sale.SHOP, Sale.PIECES, Sale.POINTS, Sale.AMOUNT, Sale.WEIGHT, Sale.OWN, Sale.DAY, Sale.SEEN)
                .build();
        SliceCodec<Sale> codec = view.codec();
        Slices<Sale> slices = view.slices();
        slices.addAll(sales);
        for (SlicePartial slice : slices.toList()) {
            assertThat(codec.parse(codec.format(slice))).isEqualTo(slice);
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            DataOutputStream out = new DataOutputStream(bytes);
            codec.writeKey(slice.key(), out);
            codec.writePartial(slice.partial(), out);
            DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()));
            assertThat(new SlicePartial(codec.readKey(in), codec.readPartial(in)))
                    .isEqualTo(slice);
            assertThat(in.available()).isZero();
        }
    }

    private static void hold(Aggregate<Sale, ?> aggregate, List<Sale> sales, long seed) {
        Measure<Sale, Long> measure =
                new Measure<>(aggregate.toString(), List.of(aggregate), ColumnType.longInteger(), states -> null);
        MeasureLaws.check(measure, Sale.SCHEMA, sales, seed);
    }
}
