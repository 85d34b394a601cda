package io.tributary.partition;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What holds for every layout in every zone, above all around the moments at which clocks are changed. */
class PartitionLawsTest {
    private static final Instant EARLIEST = Instant.parse("1800-01-01T00:00:00Z");
    private static final long SECONDS_TO_2100 =
            Duration.between(EARLIEST, Instant.parse("2100-01-01T00:00:00Z")).toSeconds();

    /** An instant in a zone, two out of three times within two days of a change of its clock. */
    record Moment(ZoneId zone, Instant instant) {}

    @Property(tries = 2_000)
    void everyInstantLiesInThePartitionOfItsPath(
            @ForAll("layouts") PartitionLayout utc, @ForAll("moments") Moment moment) {
        PartitionLayout layout = utc.inZone(moment.zone());
        Partition partition = layout.partitionOf(moment.instant());
        assertThat(partition.contains(moment.instant())).isTrue();
        assertThat(layout.parsePath(partition.path())).isEqualTo(partition);
        assertThat(layout.path(partition.start())).isEqualTo(partition.path());
        assertThat(layout.path(partition.end().minusNanos(1))).isEqualTo(partition.path());
    }

    @Property(tries = 2_000)
    void neighboursTouchAndSortByPath(@ForAll("layouts") PartitionLayout utc, @ForAll("moments") Moment moment) {
        PartitionLayout layout = utc.inZone(moment.zone());
        Partition partition = layout.partitionOf(moment.instant());
        Partition next = layout.next(partition);
        assertThat(next.start()).isEqualTo(partition.end());
        assertThat(next.path()).isGreaterThan(partition.path());
        assertThat(layout.previous(next)).isEqualTo(partition);
    }

    @Property(tries = 2_000)
    void thePathIsThatOfTheZonesClockUnlessItWasTurnedBack(
            @ForAll("layouts") PartitionLayout utc, @ForAll("moments") Moment moment) {
        String path = utc.inZone(moment.zone()).path(moment.instant());
        ZoneRules rules = moment.zone().getRules();
        ZoneOffset offset = rules.getOffset(moment.instant());
        String shown = utc.path(moment.instant().plusSeconds(offset.getTotalSeconds()));
        if (turnedBackWithin(Duration.ofHours(36), rules, moment.instant())) {
            assertThat(path).isGreaterThanOrEqualTo(shown);
        } else {
            assertThat(path).isEqualTo(shown);
        }
    }

    @Property(tries = 300)
    void aRangeIsItsPartitionsInOrder(@ForAll("moments") Moment moment) {
        PartitionLayout layout = Layouts.hourly().inZone(moment.zone());
        Instant to = moment.instant().plus(Duration.ofHours(60));
        List<Partition> partitions = layout.partitions(moment.instant(), to);
        assertThat(partitions.get(0).contains(moment.instant())).isTrue();
        assertThat(partitions.get(partitions.size() - 1).contains(to.minusNanos(1)))
                .isTrue();
        for (int i = 1; i < partitions.size(); i++) {
            assertThat(partitions.get(i).start())
                    .isEqualTo(partitions.get(i - 1).end());
        }
        assertThat(layout.list(
                        new TreeSet<>(partitions).descendingSet().stream().map(Partition::path)))
                .isEqualTo(partitions);
    }

    @Property
    void theTemplateComesBack(@ForAll("templates") String template) {
        PartitionLayout layout = PartitionLayout.parse(template);
        assertThat(layout.template()).isEqualTo(template);
        assertThat(PartitionLayout.parse(layout.template())).isEqualTo(layout);
    }

    private static boolean turnedBackWithin(Duration before, ZoneRules rules, Instant instant) {
        ZoneOffsetTransition turn = rules.previousTransition(instant.plusNanos(1));
        while (turn != null && turn.getInstant().isAfter(instant.minus(before))) {
            if (turn.isOverlap()) {
                return true;
            }
            turn = rules.previousTransition(turn.getInstant());
        }
        return false;
    }

    @Provide
    Arbitrary<String> templates() {
        return Arbitraries.of(Layouts.HIVE_STYLE);
    }

    @Provide
    Arbitrary<PartitionLayout> layouts() {
        List<String> all = new ArrayList<>(Layouts.HIVE_STYLE);
        all.add("raw/!{timestamp:yyyy/MM/dd/HH}/");
        return Arbitraries.of(all).map(PartitionLayout::parse);
    }

    @Provide
    Arbitrary<Moment> moments() {
        Arbitrary<Instant> instants =
                Arbitraries.longs().between(0, SECONDS_TO_2100).map(EARLIEST::plusSeconds);
        Arbitrary<Duration> distances =
                Arbitraries.longs().between(-2 * 86_400, 2 * 86_400).map(Duration::ofSeconds);
        return Arbitraries.of(new TreeSet<>(ZoneId.getAvailableZoneIds()))
                .map(ZoneId::of)
                .flatMap(zone -> instants.flatMap(instant -> distances.flatMap(distance -> Arbitraries.of(
                        new Moment(zone, instant),
                        new Moment(zone, turnAfter(zone, instant)),
                        new Moment(zone, turnAfter(zone, instant).plus(distance))))));
    }

    private static Instant turnAfter(ZoneId zone, Instant instant) {
        ZoneOffsetTransition turn = zone.getRules().nextTransition(instant);
        return turn == null ? instant : turn.getInstant();
    }
}
