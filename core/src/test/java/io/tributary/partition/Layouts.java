package io.tributary.partition;

import java.util.List;

/** Layouts that several tests share. */
final class Layouts {
    static final String HOURLY =
            "data/stream_data/year=!{timestamp:yyyy}/month=!{timestamp:MM}/day=!{timestamp:dd}/hour=!{timestamp:HH}/";
    static final String DAILY = "year=!{timestamp:yyyy}/month=!{timestamp:MM}/day=!{timestamp:dd}/";
    static final List<String> HIVE_STYLE = List.of(
            "year=!{timestamp:yyyy}/",
            "year=!{timestamp:yyyy}/month=!{timestamp:MM}/",
            DAILY,
            HOURLY,
            DAILY + "hour=!{timestamp:HH}/minute=!{timestamp:mm}/",
            "lake/dt=!{timestamp:yyyy-MM-dd}/",
            "dt=!{timestamp:yyyy-MM-dd}/hour=!{timestamp:HH}/",
            "month=!{timestamp:yyyy}-!{timestamp:MM}/moment=!{timestamp:dd_HH.mm}/");

    private Layouts() {}

    static PartitionLayout hourly() {
        return PartitionLayout.parse(HOURLY);
    }
}
