package io.tributary.batch.lake;

import static io.tributary.batch.lake.Lakes.AT_4;
import static io.tributary.batch.lake.Lakes.AT_5;
import static io.tributary.batch.lake.Lakes.AT_6;
import static io.tributary.batch.lake.Lakes.HOUR_4;
import static io.tributary.batch.lake.Lakes.HOUR_5;
import static io.tributary.batch.lake.Lakes.HOUR_6;
import static io.tributary.batch.lake.Lakes.HOUR_7;
import static io.tributary.batch.lake.Lakes.order;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.lake.Manifest;
import io.tributary.partition.Partition;
import io.tributary.partition.PartitionLayout;
import io.tributary.retail.EnrichedOrder;
import io.tributary.retail.Product;
import io.tributary.view.BatchView.Hole;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalLakeTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    @TempDir
    private Path root;

    private LocalLake<EnrichedOrder> lake;

    @BeforeEach
    void makeALake() {
        lake = Lakes.orders(root, InstantSource.fixed(NOW));
    }

    private void write(int amount, Instant ingestTime) throws IOException {
        try (LakeWriter<EnrichedOrder> writer = lake.writer()) {
            writer.write(order(amount), ingestTime);
        }
    }

    private Path fileOf(Partition partition) throws IOException {
        return lake.directory(partition)
                .resolve(manifest(lake.manifestOf(partition)).files().get(0).name());
    }

    private List<Hole> holesAfter(Instant cut) throws IOException {
        return lake.contents(cut).holes();
    }

    @Test
    void aSealNamesEveryVisibleFileAndNoHiddenOne() throws IOException {
        write(1, HOUR_4);
        write(2, HOUR_4);
        Files.writeString(lake.directory(AT_4).resolve(".part-crashed.json"), "{\"half\":");
        Files.writeString(lake.directory(AT_4).resolve("_temporary"), "{}\n");
        Manifest manifest = lake.seal(AT_4);
        assertThat(manifest.files()).hasSize(2).allMatch(file -> file.records() == 1);
        assertThat(manifest.records()).isEqualTo(2);
        assertThat(manifest.sealedAt()).isEqualTo(NOW);
        assertThat(manifest.columns()).hasSize(19).containsEntry("mount", "decimal(18,2)");
        assertThat(manifest(lake.manifestOf(AT_4))).isEqualTo(manifest);
        assertThat(holesAfter(HOUR_5)).isEmpty();
    }

    @Test
    void aLinkIsWhatItLeadsTo() throws IOException {
        write(1, HOUR_4);
        lake.seal(AT_4);
        LakeContents contents = lake.contents(HOUR_5);
        Seals seals = lake.seals(HOUR_5);
        Path year = lake.directory(AT_4).getParent().getParent().getParent();
        Path elsewhere = root.resolve("elsewhere");
        Files.move(year, elsewhere);
        Files.createSymbolicLink(year, elsewhere);
        assertThat(lake.contents(HOUR_5)).isEqualTo(contents);
        assertThat(lake.seals(HOUR_5)).isEqualTo(seals);
    }

    @Test
    void nothingButManifestsOfPartitionsAreSeals() throws IOException {
        write(1, HOUR_4);
        lake.seal(AT_4);
        write(1, HOUR_5);
        write(1, HOUR_6);
        lake.seal(AT_6);
        Path day = lake.directory(AT_4).getParent();
        for (String stray : List.of("notes", "_SUCCESS", "old/hour=01/_SUCCESS", "old/_SUCCESS")) {
            Files.createDirectories(day.resolve(stray).getParent());
            Files.writeString(day.resolve(stray), "{}");
        }
        assertThat(lake.seals(HOUR_7).versions()).containsOnlyKeys(AT_4, AT_6);
        assertThat(lake.seals(HOUR_6).versions()).containsOnlyKeys(AT_4);
    }

    @Test
    void tellsAManifestFromOneOfEqualSizeAndTimeInItsPlace() throws IOException {
        write(1, HOUR_4);
        lake.seal(AT_4);
        Path manifest = lake.manifestOf(AT_4);
        FileTime time = FileTime.from(NOW.minusSeconds(3));
        Files.setLastModifiedTime(manifest, time);
        Seals sealed = lake.seals(HOUR_5);
        Files.writeString(manifest, Files.readString(manifest).replace("2026-01-01T", "2026-01-02T"));
        Files.setLastModifiedTime(manifest, time);
        assertThat(lake.seals(HOUR_5)).as("not read again").isEqualTo(sealed);
        Path other = Files.copy(manifest, root.resolve("other"));
        Files.setLastModifiedTime(other, time);
        Files.move(other, manifest, StandardCopyOption.REPLACE_EXISTING);
        assertThat(lake.seals(HOUR_5)).isNotEqualTo(sealed);
    }

    @Test
    void tellsAManifestFromItselfAfterAChange() throws IOException {
        lake = Lakes.orders(root).withClock(InstantSource.fixed(NOW));
        write(1, HOUR_4);
        lake.seal(AT_4);
        Path manifest = lake.manifestOf(AT_4);
        for (String day : List.of("2026-01-02T", "2026-01-03T", "2026-01-04T")) {
            Seals sealed = lake.seals(HOUR_5);
            Files.writeString(manifest, Files.readString(manifest).replaceFirst("2026-01-0.T", day));
            assertThat(lake.seals(HOUR_5)).as(day).isNotEqualTo(sealed);
        }
    }

    @Test
    void countsNoFileThatItsManifestDoesNotName() throws IOException {
        write(1, HOUR_4);
        lake.seal(AT_4);
        Files.writeString(lake.directory(AT_4).resolve("part-leftover.json"), "{}\n");
        assertThat(lake.files(lake.contents(HOUR_5))).containsExactly(fileOf(AT_4));
        assertThat(lake.contents(HOUR_5).records()).isEqualTo(1);
        assertThat(lake.contents(HOUR_5).partitions().get(0).strays()).containsExactly("part-leftover.json");
    }

    @Test
    void anEmptyPartitionCanBeSealed() throws IOException {
        assertThat(lake.seal(AT_4).files()).isEmpty();
        assertThat(lake.contents(HOUR_5))
                .isEqualTo(new LakeContents(
                        HOUR_5,
                        List.of(new SealedPartition(AT_4, manifest(lake.manifestOf(AT_4)), List.of())),
                        List.of()));
    }

    @Test
    void sealsAgainOnlyWhatIsUnchanged() throws IOException {
        write(1, HOUR_4);
        Manifest manifest = lake.seal(AT_4);
        LocalLake<EnrichedOrder> other = Lakes.orders(root);
        assertThat(other.seal(AT_4)).isEqualTo(manifest);
        Files.writeString(lake.directory(AT_4).resolve("zzz.json"), "{}\n");
        assertThatIllegalStateException()
                .isThrownBy(() -> lake.seal(AT_4))
                .withMessage(
                        "Cannot seal %s: it was sealed at %s with 1 files, now there are 2 (new is zzz.json; write to a later partition)",
                        AT_4, NOW);
        Files.writeString(lake.manifestOf(AT_4), "{");
        assertThatThrownBy(() -> lake.seal(AT_4))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("Cannot read manifest " + lake.manifestOf(AT_4));
    }

    @Test
    void doesNotSealAFileThatEndsWithinALine() throws IOException {
        Files.createDirectories(lake.directory(AT_4));
        Path torn = lake.directory(AT_4).resolve("torn.json");
        Files.writeString(torn, "{}\n{\"tr_date\":");
        assertThatThrownBy(() -> lake.seal(AT_4))
                .hasMessage("Cannot use %s: it ends within a line (remove it, or write it again whole)", torn);
        assertThat(lake.isSealed(AT_4)).isFalse();
    }

    @Test
    void tellsWhatIsNotSealed() throws IOException {
        write(1, HOUR_4);
        write(2, HOUR_5);
        lake.seal(AT_5);
        assertThat(holesAfter(HOUR_6)).containsExactly(new Hole(AT_4.path(), "it is not sealed"));
        assertThat(lake.contents(HOUR_6).records()).isEqualTo(1);
    }

    @Test
    void tellsWhatNobodyHasSealedYet() throws IOException {
        assertThat(holesAfter(HOUR_5)).containsExactly(new Hole("up to " + AT_4.path(), "nothing is sealed there"));
        lake.seal(AT_4);
        assertThat(holesAfter(HOUR_6))
                .containsExactly(
                        new Hole(AT_5.path(), "it is not sealed yet (seal it, or take the cut %s)".formatted(HOUR_5)));
        assertThat(holesAfter(HOUR_7))
                .containsExactly(new Hole(
                        "%s to %s".formatted(AT_5.path(), AT_6.path()),
                        "it is not sealed yet (seal it, or take the cut %s)".formatted(HOUR_5)));
    }

    @Test
    void aTimeWithoutADirectoryBetweenSealedPartitionsHasNoRecords() throws IOException {
        write(1, HOUR_4);
        lake.seal(AT_4);
        write(2, HOUR_6);
        lake.seal(AT_6);
        assertThat(holesAfter(HOUR_7)).isEmpty();
        assertThat(lake.contents(HOUR_7).records()).isEqualTo(2);
    }

    @Test
    void findsAPartitionThatIsGone() throws IOException {
        write(1, HOUR_4);
        lake.seal(AT_4);
        lake.seal(AT_5);
        Files.delete(fileOf(AT_4));
        Files.delete(lake.manifestOf(AT_4));
        Files.delete(lake.directory(AT_4));
        assertThat(holesAfter(HOUR_6))
                .containsExactly(new Hole(AT_4.path(), "it was sealed, but its directory is gone"));
    }

    @Test
    void namesTheNewestOfTheOlderOnesAsPreviousInWhateverOrderTheyAreSealed() throws IOException {
        assertThat(lake.seal(AT_4).previous()).isNull();
        assertThat(lake.seal(AT_6).previous()).isEqualTo(AT_4.path());
        assertThat(Lakes.orders(root).seal(AT_5).previous()).isEqualTo(AT_4.path());
        assertThat(lake.seal(Lakes.LAYOUT.partitionOf(HOUR_7)).previous()).isEqualTo(AT_6.path());
        assertThat(lake.newestCut()).contains(HOUR_7.plus(Duration.ofHours(1)));
    }

    @Test
    void findsWhatOthersHaveSealedSince() throws IOException {
        LocalLake<EnrichedOrder> other = Lakes.orders(root);
        lake.seal(AT_4);
        assertThat(lake.newestSealed()).contains(AT_4);
        other.seal(AT_5);
        assertThat(lake.newestSealed()).contains(AT_5);
        other.seal(AT_6);
        assertThat(lake.seal(Lakes.LAYOUT.partitionOf(HOUR_7)).previous()).isEqualTo(AT_6.path());
        Files.delete(lake.manifestOf(Lakes.LAYOUT.partitionOf(HOUR_7)));
        assertThat(lake.newestSealed()).contains(AT_6);
    }

    @Test
    void aTornManifestIsAHole() throws IOException {
        write(1, HOUR_4);
        lake.seal(AT_4);
        Path manifest = lake.manifestOf(AT_4);
        Files.writeString(manifest, Files.readString(manifest).substring(0, 100));
        assertThat(holesAfter(HOUR_5)).hasSize(1).first().satisfies(hole -> {
            assertThat(hole.partition()).isEqualTo(AT_4.path());
            assertThat(hole.reason()).startsWith("Cannot read manifest %s: it is torn or no JSON".formatted(manifest));
        });
        assertThat(lake.contents(HOUR_5).partitions()).isEmpty();
    }

    @Test
    void aFileThatIsMissingOrOfAnotherSizeIsAHole() throws IOException {
        write(1, HOUR_4);
        lake.seal(AT_4);
        Path file = fileOf(AT_4);
        long size = Files.size(file);
        Files.writeString(file, "{}\n");
        assertThat(holesAfter(HOUR_5))
                .containsExactly(new Hole(
                        AT_4.path(),
                        "its file %s has 3 bytes (its manifest says %d)".formatted(file.getFileName(), size)));
        Files.delete(file);
        assertThat(holesAfter(HOUR_5))
                .containsExactly(new Hole(AT_4.path(), "its file %s is missing".formatted(file.getFileName())));
    }

    @Test
    void theManifestOfAnotherPartitionOrSchemaIsAHole() throws IOException {
        lake.seal(AT_4);
        String manifest = Files.readString(lake.manifestOf(AT_4));
        lake.seal(AT_5);
        Files.writeString(lake.manifestOf(AT_5), manifest);
        assertThat(holesAfter(HOUR_6)).containsExactly(new Hole(AT_5.path(), "its manifest is that of " + AT_4.path()));
        Files.writeString(lake.manifestOf(AT_4), manifest.replace("decimal(18,2)", "double"));
        assertThat(holesAfter(HOUR_5))
                .containsExactly(new Hole(AT_4.path(), "its column mount is a double (must be a decimal(18,2))"));
        Files.writeString(lake.manifestOf(AT_4), manifest.replace("\"qty\" :", "\"quantity\" :"));
        assertThat(holesAfter(HOUR_5))
                .containsExactly(new Hole(AT_4.path(), "it was written without the column qty (declare it optional)"));
        assertThat(LocalLake.at(root, Lakes.LAYOUT, Product.SCHEMA)
                        .contents(HOUR_5)
                        .holes())
                .first()
                .extracting(Hole::reason)
                .isEqualTo("it holds records of transaction_order (must be of products_info)");
    }

    @Test
    void aLakeThatIsReadByAnotherZoneIsHoles() throws IOException {
        LocalLake<EnrichedOrder> inSeoul =
                LocalLake.at(root, Lakes.LAYOUT.inZone(ZoneId.of("Asia/Seoul")), EnrichedOrder.SCHEMA);
        inSeoul.seal(inSeoul.layout().partitionOf(HOUR_4.minus(Duration.ofHours(9))));
        assertThat(lake.contents(HOUR_5))
                .isEqualTo(new LakeContents(
                        HOUR_5,
                        List.of(),
                        List.of(new Hole(
                                AT_4.path(),
                                "it starts at 2023-09-06T19:00:00Z by its manifest, at %s by the layout's zone Z (take the zone in which it was sealed)"
                                        .formatted(HOUR_4)))));
        assertThat(inSeoul.contents(HOUR_5.minus(Duration.ofHours(9))).holes()).isEmpty();
        Path manifest = lake.manifestOf(AT_4);
        Files.writeString(manifest, Files.readString(manifest).replaceFirst("  \"start\" : .*\n", ""));
        assertThat(holesAfter(HOUR_5)).as("an earlier version's").isEmpty();
    }

    @Test
    void aColumnThatWasAddedAsOptionalIsNoHole() throws IOException {
        lake.seal(AT_4);
        String manifest = Files.readString(lake.manifestOf(AT_4));
        Files.writeString(lake.manifestOf(AT_4), manifest.replace("    \"is_pb\" : \"string\",\n", ""));
        assertThat(Files.readString(lake.manifestOf(AT_4))).isNotEqualTo(manifest);
        assertThat(holesAfter(HOUR_5)).isEmpty();
    }

    @Test
    void verifyFindsAByteThatWasTurned() throws IOException {
        write(1, HOUR_4);
        lake.seal(AT_4);
        SealedPartition sealed = lake.contents(HOUR_5).partitions().get(0);
        lake.verify(sealed);
        Path file = fileOf(AT_4);
        Files.writeString(file, Files.readString(file).replace("S001", "S002"));
        assertThat(holesAfter(HOUR_5)).isEmpty();
        assertThatThrownBy(() -> lake.verify(sealed)).hasMessageStartingWith("Cannot trust %s: it holds ", file);
    }

    @Test
    void aCutIsABoundaryOfPartitions() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> lake.contents(Instant.parse("2023-09-07T04:33:10Z")))
                .withMessage(
                        "Invalid cut: 2023-09-07T04:33:10Z (must be a boundary of partitions; the nearest are %s and %s)",
                        HOUR_4, HOUR_5);
    }

    @Test
    void refusesAPartitionThatIsNotOfItsLayout() {
        Partition outside = new Partition("../../etc/", HOUR_4, HOUR_5, List.of());
        assertThatIllegalArgumentException().isThrownBy(() -> lake.seal(outside));
        Partition daily =
                PartitionLayout.parse("data/dt=!{timestamp:yyyy-MM-dd}/").partitionOf(HOUR_4);
        assertThatIllegalArgumentException().isThrownBy(() -> lake.seal(daily));
    }

    @Test
    void aDirectoryThatIsNeverRenderedIsAnErrorAsItsRecordsWouldBeMissed() throws IOException {
        Files.createDirectories(root.resolve("data/stream_data/year=2023/month=9/day=07/hour=04"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> lake.contents(HOUR_5))
                .withMessageContaining("month=9");
    }

    private static Manifest manifest(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return Manifest.read(in);
        }
    }
}
