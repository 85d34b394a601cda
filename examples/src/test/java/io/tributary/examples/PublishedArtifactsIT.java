package io.tributary.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is published, as strangers find it: a project of theirs, what they get with each artifact, and the poms. */
class PublishedArtifactsIT {
    private static final String ALLOWED = "published-dependencies.txt";
    private static final Path PROJECT = SourceFiles.root().resolve("examples/src/test/projects/river-gauges");
    private static final Pattern DEPENDENCY =
            Pattern.compile("^ +([^: ]+:[^: ]+):jar:[^: ]+:(compile|runtime):(\\S+\\.jar)", Pattern.MULTILINE);

    private static final String ANSWERS = """
            daily-crests, complete: batch before 2026-06-01T22:00:00Z, speed to 2026-06-02T22:00:00Z
            window_start,window_end,gauge,crest,levels
            2026-06-01T00:00:00,2026-06-02T00:00:00,Krems,397,24
            2026-06-01T00:00:00,2026-06-02T00:00:00,Linz,400,24
            2026-06-01T00:00:00,2026-06-02T00:00:00,Passau,394,24
            2026-06-01T00:00:00,2026-06-02T00:00:00,,400,72
            2026-06-02T00:00:00,2026-06-03T00:00:00,Krems,395,24
            2026-06-02T00:00:00,2026-06-03T00:00:00,Linz,398,24
            2026-06-02T00:00:00,2026-06-03T00:00:00,Passau,400,24
            2026-06-02T00:00:00,2026-06-03T00:00:00,,400,72
            highest-gauge, complete: batch before 2026-06-01T22:00:00Z, speed to 2026-06-02T22:00:00Z
            window_start,window_end,gauge,mean,rownum
            2026-05-31T12:00:00,2026-06-01T00:00:00,Passau,379.0,1
            2026-05-31T18:00:00,2026-06-01T06:00:00,Krems,359.375,1
            2026-06-01T00:00:00,2026-06-01T12:00:00,Krems,353.083333,1
            2026-06-01T06:00:00,2026-06-01T18:00:00,Linz,359.25,1
            2026-06-01T12:00:00,2026-06-02T00:00:00,Krems,355.25,1
            2026-06-01T18:00:00,2026-06-02T06:00:00,Linz,353.0,1
            2026-06-02T00:00:00,2026-06-02T12:00:00,Linz,354.083333,1
            2026-06-02T06:00:00,2026-06-02T18:00:00,Passau,353.416667,1
            2026-06-02T12:00:00,2026-06-03T00:00:00,Passau,354.6,1
            2026-06-02T18:00:00,2026-06-03T06:00:00,Krems,362.75,1
            """;

    /** Under target, as the links of a local repository are nothing that JUnit likes to delete. */
    private static final Path DIRECTORY = SourceFiles.root().resolve("examples/target/strangers");

    private static PublishedRepository repository;

    /** One run of Maven over the stranger's project and, for each module, a project that depends on it alone. */
    @BeforeAll
    static void build() throws Exception {
        PublishedRepository.delete(DIRECTORY);
        repository = PublishedRepository.at(DIRECTORY.resolve("repository"));
        copyProject();
        for (String artifact : modules()) {
            Path project = Files.createDirectory(DIRECTORY.resolve(artifact));
            Files.writeString(project.resolve("pom.xml"), pom(artifact, dependency(artifact)));
        }
        String all =
                "<module>river-gauges</module><module>" + String.join("</module><module>", modules()) + "</module>";
        Files.writeString(DIRECTORY.resolve("pom.xml"), pom("all", "<modules>" + all + "</modules>"));

        repository.maven(
                DIRECTORY,
                "-Dtributary.version=" + PublishedRepository.VERSION,
                "-Dmdep.outputFile=target/classpath",
                "-DoutputFile=target/dependencies",
                "-DoutputAbsoluteArtifactFilename",
                "-DincludeScope=runtime",
                "compile",
                "org.apache.maven.plugins:maven-dependency-plugin:3.9.0:build-classpath",
                "org.apache.maven.plugins:maven-dependency-plugin:3.9.0:list");
    }

    @Test
    void aStrangersProjectIsAnswered() throws Exception {
        Path project = DIRECTORY.resolve("river-gauges");
        String classPath = "target/classes:" + Files.readString(project.resolve("target/classpath"));
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();

        String printed = PublishedRepository.run(
                project,
                List.of(java, "-Xmx1g", "-XX:TieredStopAtLevel=1", "-cp", classPath, "rivers.RiverGauges", "lake"));

        assertThat(printed.replaceAll(", as of checkpoint \\d+", "")).isEqualToNormalizingNewlines(ANSWERS);
    }

    @Test
    void aStrangersTestsPass() throws Exception {
        Path project = DIRECTORY.resolve("river-gauges");

        repository.maven(project, "-Dtributary.version=" + PublishedRepository.VERSION, "test");

        assertThat(Files.readString(project.resolve("target/surefire-reports/TEST-rivers.RiverGaugesTest.xml")))
                .contains(" tests=\"2\"", " errors=\"0\"", " skipped=\"0\"", " failures=\"0\"");
    }

    @Test
    void itTakesLessThanAHundredLinesOfJava() throws IOException {
        Path program = PROJECT.resolve("src/main/java/rivers/RiverGauges.java");

        assertThat(Files.readAllLines(program)).hasSizeLessThan(100);
    }

    @Test
    void anArtifactBringsOnlyWhatIsAllowed() throws IOException {
        TreeSet<String> found = new TreeSet<>();
        for (String artifact : modules()) {
            long bytes = 0;
            int dependencies = 0;
            Matcher line = DEPENDENCY.matcher(Files.readString(DIRECTORY.resolve(artifact + "/target/dependencies")));
            while (line.find()) {
                if (!line.group(1).equals("io.tributary:" + artifact)) {
                    found.add(artifact + " " + line.group(1));
                    bytes += Files.size(Path.of(line.group(3)));
                    dependencies++;
                }
            }
            System.out.printf(
                    "%s: %,d bytes, %d dependencies of %,d bytes%n",
                    artifact, Files.size(PublishedRepository.jar(artifact)), dependencies, bytes);
        }
        System.out.println(String.join("\n", found));

        Path allowed = SourceFiles.root().resolve("examples/src/test/resources").resolve(ALLOWED);
        assertThat(found)
                .as("what users get; put what is meant to be there into " + ALLOWED)
                .containsExactlyElementsOf(Files.readAllLines(allowed));
    }

    @Test
    void aJarHasAModuleName() throws IOException {
        List<String> names = new ArrayList<>();
        for (String artifact : modules()) {
            try (JarFile jar = new JarFile(PublishedRepository.jar(artifact).toFile())) {
                names.add(jar.getManifest().getMainAttributes().getValue("Automatic-Module-Name"));
            }
        }
        assertThat(names)
                .containsExactly(
                        "io.tributary.core", "io.tributary.batch", "io.tributary.speed", "io.tributary.serving");
    }

    @Test
    void aPomTellsWhoseItIsAndNothingOfTheBuild() throws IOException {
        for (String artifact : PublishedRepository.ARTIFACTS.keySet()) {
            assertThat(Files.readString(PublishedRepository.pom(artifact)))
                    .as(artifact)
                    .contains("<name>", "<description>", "<url>", "<licenses>", "<developers>", "<scm")
                    .doesNotContain("<parent>", "<build>", "<scope>test", "${");
        }
    }

    @Test
    void theBillOfMaterialsNamesEveryModuleAndNoToolOfThisBuild() throws IOException {
        String bill = Files.readString(PublishedRepository.pom("tributary-parent"));

        assertThat(modules()).allSatisfy(module -> assertThat(bill).contains("<artifactId>" + module));
        assertThat(bill).doesNotContain("junit-bom", "assertj", "jqwik", "archunit", "picocli");
    }

    private static List<String> modules() {
        return PublishedRepository.ARTIFACTS.keySet().stream()
                .filter(artifact -> !artifact.equals("tributary-parent"))
                .toList();
    }

    private static String dependency(String artifact) {
        return """
                <dependencies>
                  <dependency>
                    <groupId>io.tributary</groupId>
                    <artifactId>%s</artifactId>
                    <version>%s</version>
                  </dependency>
                </dependencies>
                """.formatted(artifact, PublishedRepository.VERSION);
    }

    private static String pom(String name, String content) {
        return """
                <project>
                  <modelVersion>4.0.0</modelVersion>
                  <groupId>stranger</groupId>
                  <artifactId>uses-%s</artifactId>
                  <version>1</version>
                  <packaging>pom</packaging>
                  %s
                </project>
                """.formatted(name, content);
    }

    private static void copyProject() throws IOException {
        for (String file : List.of(
                "pom.xml", "src/main/java/rivers/RiverGauges.java", "src/test/java/rivers/RiverGaugesTest.java")) {
            Path copy = DIRECTORY.resolve("river-gauges").resolve(file);
            Files.createDirectories(copy.getParent());
            Files.copy(PROJECT.resolve(file), copy);
        }
    }
}
