CREATE TABLE timely_cumulate_sum_of_sales(
    window_start TIMESTAMP,
    window_end TIMESTAMP,
    sum_of_mount DOUBLE
)
WITH (
   'connector'='filesystem',
   'path' = 's3a://hist-streaming-lab-blee/data/summary/timely_cumulate_sum_of_sales',
   'format' = 'json',
   'sink.partition-commit.policy.kind'='success-file',
   'sink.partition-commit.delay' = '1 min'
)
