CREATE EXTERNAL TABLE IF NOT EXISTS `retail`.`line`(
  `code` string COMMENT 'it\'s a \\ code; -- 담배 */',
  `day_of_sale` string)
PARTITIONED BY (
  `dt` string,
  `hour` int)
STORED AS PARQUET
LOCATION
  's3://lake/parquet'
TBLPROPERTIES (
  'projection.enabled' = 'true',
  'projection.dt.type' = 'date',
  'projection.dt.range' = '2023-01-01,2025-12-31',
  'projection.dt.format' = 'yyyy-MM-dd',
  'projection.dt.interval' = '1',
  'projection.dt.interval.unit' = 'DAYS',
  'projection.hour.type' = 'integer',
  'projection.hour.range' = '0,23',
  'projection.hour.digits' = '2',
  'storage.location.template' = 's3://lake/parquet/dt=${dt}/hour=${hour}/')
