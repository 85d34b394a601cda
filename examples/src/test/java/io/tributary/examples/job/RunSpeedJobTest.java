package io.tributary.examples.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.tributary.examples.command.Captured;
import io.tributary.retail.RetailViews;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** What the job says to wrong options: all of them on one line, before it asks any service. */
class RunSpeedJobTest {
    private static Captured run(String... options) {
        List<String> arguments = new ArrayList<>(List.of("run-speed-job"));
        arguments.addAll(List.of(options));
        return Captured.run(arguments.toArray(String[]::new));
    }

    private static void assertRefused(Captured captured, String... problems) {
        assertThat(captured.code()).isEqualTo(2);
        assertThat(captured.text()).contains(problems).hasLineCount(2).doesNotContain("\tat ", "Exception");
    }

    @Test
    void tellsAllThatIsWrongTogether() {
        assertRefused(
                run(
                        "--stream-name= ",
                        "--lake=lake",
                        "--speed-table-name=t!",
                        "--from=yesterday",
                        "--views=lab9",
                        "--checkpoint-interval=PT0S",
                        "--layout=year=!{timestamp:yy}/",
                        "--ingest-speed=0",
                        "--deduplicate=PT0S"),
                "Invalid stream: ' '",
                "Invalid --lake: 'lake'",
                "Invalid table name: t!",
                "Invalid --from: yesterday",
                "Invalid --views: lab9",
                "Invalid --checkpoint-interval: PT0S",
                "Invalid partition layout year=!{timestamp:yy}/",
                "Invalid speed: 0",
                "Invalid --deduplicate: PT0S");
    }

    @Test
    void tellsHowTimesRegionsAndEndpointsAreWritten() {
        String[] needed = {"--stream-name=s", "--lake=file:///lake/", "--speed-table-name=table"};
        assertRefused(with(needed, "--until=soon"), "soon (must be as 2026-01-31T09:00:00Z)");
        assertRefused(with(needed, "--checkpoint-interval=1 min"), "1 min (must be as PT10S, PT5M or PT24H)");
        assertRefused(with(needed, "--region-name=x y"), "Invalid --region-name: x y (must be such as ap-northeast-2)");
        assertRefused(with(needed, "--endpoint-url=ftp://x"), "ftp://x (must be such as http://localhost:4567)");
    }

    @Test
    void refusesToPutAsideWhatNobodyWouldRead() {
        String[] needed = {"--stream-name=s", "--lake=file:///lake/", "--speed-table-name=table"};
        assertRefused(
                with(needed, "--set=speed.lateness=side-output"), "Invalid speed.lateness: side-output (must be ");
        assertRefused(
                with(needed, "--set=speed.lateness=correct PT1H then drop"),
                "Invalid speed.lateness: correct PT1H then drop (must be ");
        assertRefused(
                with(needed, "--set=ingest.forgotten=side-output"), "Invalid ingest.forgotten: side-output (must");
    }

    @Test
    void aViewThatIsNamedTwiceIsOne() {
        RunSpeedJob job = new RunSpeedJob();
        new CommandLine(job)
                .parseArgs("--stream-name=s", "--lake=l", "--speed-table-name=t", "--views=lab4,today-sales,lab2");
        assertThat(job.views(new ArrayList<>())).containsExactly(RetailViews.TODAY_SALES, RetailViews.DIVISION_SALES);
    }

    /** As a cluster calls it, in its own process. */
    @Test
    void failsByAnExceptionThatSaysWhy() {
        assertThatIllegalStateException()
                .isThrownBy(() -> RunSpeedJob.run("--stream-name=s", "--lake=lake", "--speed-table-name=table"))
                .withMessageStartingWith("Cannot run the speed job: Invalid --lake: 'lake' (must be ");
        assertThatIllegalStateException()
                .isThrownBy(() -> RunSpeedJob.run("--stream-name=s"))
                .withMessageStartingWith("Cannot run the speed job: Missing required options: ");
    }

    private static Captured with(String[] needed, String option) {
        List<String> options = new ArrayList<>(List.of(needed));
        options.add(option);
        return run(options.toArray(String[]::new));
    }
}
