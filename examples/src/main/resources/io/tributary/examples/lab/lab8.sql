SELECT *
FROM (
  SELECT *, ROW_NUMBER() OVER (PARTITION BY window_start, window_end ORDER BY mount DESC) as rownum
  FROM (
    SELECT window_start, window_end, division_name, SUM(mount) as mount, COUNT(*) as cnt
    FROM TABLE(
      TUMBLE(TABLE transaction_order_flink, DESCRIPTOR(tr_datetime), INTERVAL '1' HOURS))
    GROUP BY window_start, window_end, division_name
  )
) WHERE rownum <= 3
