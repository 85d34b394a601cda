package io.tributary.examples.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class DashboardPageTest {
    private static final List<String> SCRIPTS = List.of(
            "card.js", "charts.js", "connection.js", "main.js", "plot.js", "rows.js", "state.js", "tail.js", "text.js");
    private static final Pattern IMPORT = Pattern.compile("from '([^']+)'");
    private static final Pattern KEY = Pattern.compile("[ {]([a-z][A-Za-z0-9]*): ['\"]");

    private static String read(String resource) throws IOException {
        try (InputStream in = DashboardPageTest.class.getResourceAsStream(resource)) {
            assertThat(in).as(resource).isNotNull();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Nothing comes from another host, and the version of a web jar in a path is the one on the class path. */
    @Test
    void importsOnlyWhatIsOnTheClassPath() throws IOException {
        for (String script : SCRIPTS) {
            Matcher imports = IMPORT.matcher(read("/dashboard/js/" + script));
            while (imports.find()) {
                String path = imports.group(1);
                read(
                        path.startsWith("/webjars/")
                                ? "/META-INF/resources" + path
                                : "/dashboard/js/" + path.substring("./".length()));
            }
        }
        assertThat(read("/dashboard/index.html")).doesNotContain("http", "style=", "onclick");
    }

    @Test
    void saysEverythingInBothLanguages() throws IOException {
        String texts = read("/dashboard/js/text.js");
        String korean = texts.substring(texts.indexOf("  ko: {"), texts.indexOf("  en: {"));
        String english = texts.substring(texts.indexOf("  en: {"), texts.indexOf("let language"));

        assertThat(keys(english)).hasSizeGreaterThan(50).isEqualTo(keys(korean));
    }

    private static List<String> keys(String texts) {
        return KEY.matcher(texts).results().map(match -> match.group(1)).toList();
    }
}
