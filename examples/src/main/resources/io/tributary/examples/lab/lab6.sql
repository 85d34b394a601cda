SELECT window_start, window_end, sum(mount) as sum_of_mount
FROM TABLE(
  CUMULATE(
    DATA => TABLE transaction_order_flink,
    TIMECOL => DESCRIPTOR(tr_datetime),
    STEP => INTERVAL '1' HOURS,
    SIZE => INTERVAL '24' HOURS))
GROUP BY window_start, window_end
