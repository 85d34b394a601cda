package io.tributary.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class GrafanaDashboardTest {
    private static final Pattern SERIES = Pattern.compile("\\w*tributary_\\w+");
    private static final int WIDTH = 24;

    private static JsonNode dashboard;
    private static final List<JsonNode> PANELS = new ArrayList<>();

    @BeforeAll
    static void read() throws IOException {
        Path file = SourceFiles.root().resolve("examples/src/main/grafana/tributary.json");
        dashboard = new JsonMapper().readTree(file.toFile());
        for (JsonNode panel : dashboard.path("panels")) {
            if (!panel.path("type").asText().equals("row")) {
                PANELS.add(panel);
            }
        }
    }

    private static Set<String> listedSeries() throws IOException {
        Set<String> series = new TreeSet<>();
        ListedMetric.all().forEach(metric -> series.addAll(metric.series()));
        return series;
    }

    private static Set<String> seriesIn(String text) {
        return new TreeSet<>(
                SERIES.matcher(text).results().map(MatchResult::group).toList());
    }

    @Test
    void everyPanelTellsWhatItShowsAndInWhichUnit() {
        assertThat(PANELS).hasSizeGreaterThan(20).allSatisfy(panel -> {
            assertThat(panel.path("title").asText()).isNotBlank();
            assertThat(panel.path("description").asText()).endsWith(".");
            assertThat(panel.path("fieldConfig").path("defaults").path("unit").asText())
                    .isNotBlank();
            assertThat(panel.path("targets")).isNotEmpty();
            assertThat(panel.path("datasource").path("uid").asText()).isEqualTo("${datasource}");
        });
    }

    @Test
    void queriesAreOfListedMetricsAndAllOfThemAreShown() throws IOException {
        Set<String> shown = new TreeSet<>();
        for (JsonNode panel : PANELS) {
            for (JsonNode target : panel.path("targets")) {
                Set<String> series = seriesIn(target.path("expr").asText());
                assertThat(series).as(target.path("expr").asText()).isNotEmpty();
                shown.addAll(series);
            }
        }
        assertThat(shown).isEqualTo(listedSeries());
    }

    @Test
    void choicesAreOfListedMetricsToo() throws IOException {
        List<String> names = new ArrayList<>();
        for (JsonNode variable : dashboard.path("templating").path("list")) {
            names.add(variable.path("name").asText());
            assertThat(listedSeries()).containsAll(seriesIn(variable.toString()));
        }
        assertThat(names).containsExactly("datasource", "job", "view");
        assertThat(dashboard.path("schemaVersion").asInt()).isGreaterThanOrEqualTo(42);
    }

    @Test
    void panelsHaveAPlaceOfTheirOwn() {
        Set<Integer> ids = new HashSet<>();
        Set<String> taken = new HashSet<>();
        for (JsonNode panel : dashboard.path("panels")) {
            assertThat(ids.add(panel.path("id").asInt()))
                    .as(panel.path("title").asText())
                    .isTrue();
            JsonNode place = panel.path("gridPos");
            for (int x = place.path("x").asInt();
                    x < place.path("x").asInt() + place.path("w").asInt();
                    x++) {
                assertThat(x).isLessThan(WIDTH);
                for (int y = place.path("y").asInt();
                        y < place.path("y").asInt() + place.path("h").asInt();
                        y++) {
                    assertThat(taken.add(x + " " + y))
                            .as(panel.path("title").asText())
                            .isTrue();
                }
            }
        }
    }

    /** The job has sinks of several lakes, and one of rejects. */
    @Test
    void whatSinksCountIsNotAddedUp() {
        for (JsonNode panel : PANELS) {
            for (JsonNode target : panel.path("targets")) {
                String query = target.path("expr").asText();
                if (query.contains("_delivered_") || query.contains("_sealed_partitions_")) {
                    assertThat(query).startsWith("sum by (operator_name) (");
                    assertThat(target.path("legendFormat").asText()).contains("{{operator_name}}");
                }
            }
        }
    }
}
