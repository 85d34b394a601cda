package io.tributary.examples.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScreenTest {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

    private String printed() {
        String text = bytes.toString(StandardCharsets.UTF_8);
        bytes.reset();
        return text;
    }

    private static Frame frame(String sum, boolean complete) {
        List<String> lines = new TextTable(
                        List.of("division_name", "sum"),
                        List.of(false, true),
                        List.of(List.of("담배", sum), List.of("tea", "1")))
                .lines();
        return new Frame(
                "title", lines.subList(0, 2), lines.subList(2, 4), "far", complete ? "all" : "holes", complete);
    }

    @Test
    void koreanLettersTakeTwoPlaces() {
        assertThat(frame("12,000", true).rows()).containsExactly("담배           12,000", "tea                 1");
    }

    @Test
    void aTerminalIsRedrawnInPlaceAndLeftAsItWas() {
        try (Screen screen = new Screen.Glass(out, 10, true)) {
            assertThat(screen.rows()).isEqualTo(4);
            assertThat(printed()).startsWith("\u001b[?1049h\u001b[?25l");
            screen.show(frame("5", true));
            assertThat(printed()).startsWith("\u001b[H").endsWith("\u001b[J").contains("\u001b[32mall");
            screen.show(frame("6", false));
            assertThat(printed())
                    .contains("\u001b[32m담배             6\u001b[0m", "\u001b[31mholes")
                    .doesNotContain("\u001b[32mtea");
        }
        assertThat(printed()).startsWith("\u001b[?7h\u001b[?25h\u001b[?1049l").contains("담배             6");
    }

    @Test
    void withoutColoursNothingIsColoured() {
        try (Screen screen = new Screen.Glass(out, 10, false)) {
            screen.show(frame("5", true));
            screen.show(frame("6", false));
        }
        assertThat(printed()).doesNotContain("\u001b[3", "\u001b[1m", "\u001b[0m");
    }

    @Test
    void nothingIsDrawnOnATerminalThatWasLeft() {
        Screen screen = new Screen.Glass(out, 10, false);
        screen.close();
        printed();
        screen.show(frame("5", true));
        assertThat(printed()).isEmpty();
    }

    @Test
    void paperGetsATableForEachChange() {
        try (Screen screen = new Screen.Paper(out)) {
            screen.show(frame("5", true));
            assertThat(printed()).contains("title", "담배", "far", "all").doesNotContain("\u001b");
            screen.show(frame("5", true));
            assertThat(printed()).isEmpty();
            screen.show(frame("6", true));
            assertThat(printed()).isNotEmpty();
        }
    }

    @Test
    void paperThatNobodyReadsTakesNoTable() {
        PrintStream closed = new PrintStream(
                new OutputStream() {
                    @Override
                    public void write(int letter) throws IOException {
                        throw new IOException("Broken pipe");
                    }
                },
                true,
                StandardCharsets.UTF_8);
        try (Screen screen = new Screen.Paper(closed)) {
            assertThatThrownBy(() -> screen.show(frame("5", true)))
                    .hasMessageStartingWith("Cannot write to standard output: nobody reads it any more");
        }
    }

    @Test
    void aReplayIsHeldToItsSpeed() {
        Instant start = Instant.parse("2023-09-07T04:00:00Z");
        ReplayPace pace = new ReplayPace(3600);
        long now = 5_000_000_000L;

        assertThat(pace.ahead(start, now)).isZero();
        assertThat(pace.ahead(start.plus(Duration.ofHours(2)), now)).isEqualTo(Duration.ofSeconds(2));
        assertThat(pace.ahead(start.plus(Duration.ofHours(2)), now + 3_000_000_000L))
                .isZero();
        assertThat(new ReplayPace(0).ahead(start.plus(Duration.ofDays(1)), now)).isZero();
    }
}
