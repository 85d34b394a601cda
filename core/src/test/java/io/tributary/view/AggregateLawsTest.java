package io.tributary.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.retail.EnrichedOrder;
import io.tributary.retail.RandomOrders;
import io.tributary.retail.RetailViews;
import io.tributary.schema.Column;
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
    void countsObeyTheLaws(
            @ForAll("sales") List<Sale> a, @ForAll("sales") List<Sale> b, @ForAll("sales") List<Sale> c) {
        MonoidLaws.of(new Aggregate.Count<Sale>(List.of())).hold(a, b, c);
        MonoidLaws.of(new Aggregate.Count<>(List.of(Sale.SHOP, Sale.AMOUNT))).hold(a, b, c);
    }

    @Property(tries = 200)
    void sumsObeyTheLaws(@ForAll("sales") List<Sale> a, @ForAll("sales") List<Sale> b, @ForAll("sales") List<Sale> c) {
        MonoidLaws.of(new Aggregate.Sum<>(Sale.PIECES)).hold(a, b, c);
        MonoidLaws.of(new Aggregate.Sum<>(Sale.POINTS)).hold(a, b, c);
        MonoidLaws.of(new Aggregate.Sum<>(Sale.AMOUNT)).hold(a, b, c);
    }

    @Property(tries = 200)
    void extremesOfEveryTypeObeyTheLaws(
            @ForAll("sales") List<Sale> a, @ForAll("sales") List<Sale> b, @ForAll("sales") List<Sale> c) {
        for (Column<Sale, ?> column : Sale.SCHEMA.columns()) {
            for (Aggregate.Extreme.Side side : Aggregate.Extreme.Side.values()) {
                MonoidLaws.of(new Aggregate.Extreme<>(column, side)).hold(a, b, c);
            }
        }
    }

    @Property(tries = 200)
    void setsObeyTheLaws(@ForAll("sales") List<Sale> a, @ForAll("sales") List<Sale> b, @ForAll("sales") List<Sale> c) {
        MonoidLaws.of(new Aggregate.ValueSet<>(List.of(Sale.SHOP))).hold(a, b, c);
        MonoidLaws.of(new Aggregate.ValueSet<>(List.of(Sale.SHOP, Sale.TILL, Sale.AMOUNT, Sale.DAY)))
                .hold(a, b, c);
    }

    @Property(tries = 200)
    void sketchesObeyTheLawsBelowAndAboveTheirSize(
            @ForAll("sales") List<Sale> a, @ForAll("sales") List<Sale> b, @ForAll("sales") List<Sale> c) {
        MonoidLaws.of(new Aggregate.BottomHashes<>(List.of(Sale.POINTS), 16)).hold(a, b, c);
        MonoidLaws.of(new Aggregate.BottomHashes<>(List.of(Sale.SHOP, Sale.TILL), 4096))
                .hold(a, b, c);
    }

    @Property(tries = 200)
    void latestOfEveryTypeObeysTheLaws(
            @ForAll("sales") List<Sale> a, @ForAll("sales") List<Sale> b, @ForAll("sales") List<Sale> c) {
        for (Column<Sale, ?> column : Sale.SCHEMA.columns()) {
            MonoidLaws.of(new Aggregate.Latest<>(column, Sale.SENT)).hold(a, b, c);
        }
        MonoidLaws.of(new Aggregate.Latest<>(Sale.SHOP, Sale.SEEN)).hold(a, b, c);
    }

    @Property(tries = 50)
    void partialsOfEveryRetailViewObeyTheLaws(@ForAll long seed) {
        RandomOrders orders = new RandomOrders(seed, 2);
        List<EnrichedOrder> a = orders.list(15);
        List<EnrichedOrder> b = orders.list(10);
        List<EnrichedOrder> c = orders.list(5);
        RetailViews.all().forEach(view -> MonoidLaws.of(view).hold(a, b, c));
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
}
