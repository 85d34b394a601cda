SELECT window_start, window_end, sum(mount) as sum_of_mount
FROM TABLE(
  TUMBLE(
    DATA => TABLE transaction_order_flink,
    TIMECOL => DESCRIPTOR(tr_datetime),
    SIZE => INTERVAL '1' HOURS))
GROUP BY window_start, window_end
