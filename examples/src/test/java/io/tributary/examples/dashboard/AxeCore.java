package io.tributary.examples.dashboard;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Looks for what keeps people out of a page. Installed once by npm into the build's {@code target/axe}. */
final class AxeCore {
    private static final String VERSION = "4.14.1";
    private static final long PATIENCE_SECONDS = 120;
    private static final List<String> SERIOUS = List.of("serious", "critical");

    private final String script;

    private AxeCore(String script) {
        this.script = script;
    }

    static AxeCore install() throws IOException, InterruptedException {
        Path directory = Files.createDirectories(Path.of("target", "axe"));
        Path file = directory.resolve(Path.of("node_modules", "axe-core", "axe.min.js"));
        if (!Files.exists(file)) {
            Process npm = new ProcessBuilder(
                            "npm", "install", "--no-audit", "--no-fund", "--no-save", "axe-core@" + VERSION)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(directory.resolve("npm.log").toFile())
                    .start();
            if (!npm.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || npm.exitValue() != 0) {
                throw new IOException("Cannot install axe-core: " + Files.readString(directory.resolve("npm.log")));
            }
        }
        return new AxeCore(Files.readString(file));
    }

    /** The serious and critical violations of a page, each with the elements it is about. */
    List<String> violations(Page page) {
        page.evaluate(script);
        Object found = page.evaluate("() => axe.run().then(result => result.violations.map(violation =>"
                + " ({ impact: violation.impact, text: violation.id + ': '"
                + " + violation.nodes.map(node => node.html + ' ' + node.failureSummary).join(' | ') })))");
        return ((List<?>) found)
                .stream()
                        .map(violation -> (Map<?, ?>) violation)
                        .filter(violation -> SERIOUS.contains(violation.get("impact")))
                        .map(violation -> String.valueOf(violation.get("text")))
                        .toList();
    }
}
