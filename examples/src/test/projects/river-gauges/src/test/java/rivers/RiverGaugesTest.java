package rivers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tributary.testing.MeasureLaws;
import io.tributary.testing.ViewDriver;
import java.time.LocalDateTime;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import rivers.RiverGauges.Level;

class RiverGaugesTest {
    private static final List<Level> LEVELS =
            LongStream.range(0, 144).mapToObj(Level::number).toList();

    @Test
    void measuresAreTheSameAtEveryCut() {
        MeasureLaws.check(RiverGauges.CRESTS, LEVELS);
        MeasureLaws.check(RiverGauges.HIGHEST, LEVELS);
    }

    @Test
    void aDayIsGivenOnceWhenItIsOverInVienna() {
        LocalDateTime midnight = LocalDateTime.parse("2026-06-02T00:00:00");
        var days = ViewDriver.of(RiverGauges.CRESTS);
        days.sendAll(LEVELS);

        assertEquals(List.of(), days.advanceWatermark(midnight.minusSeconds(1)));
        assertEquals(4, days.advanceWatermark(midnight).size()); // three gauges, and all of them
        days.send(Level.number(0));
        assertEquals(List.of(Level.number(0)), days.late());
        assertEquals(4, days.end().size());
    }
}
