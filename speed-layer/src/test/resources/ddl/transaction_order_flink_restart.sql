CREATE TABLE transaction_order_flink_restart(
	tr_date VARCHAR(10),
	tr_time VARCHAR(10),
	store_cd VARCHAR(10),
	store_name VARCHAR(10),
	pos_num VARCHAR(5),
	receipt_num VARCHAR(20),
	product_cd VARCHAR(30),
	qty INT,
	mount DOUBLE,
	division_cd VARCHAR(10),
	division_name VARCHAR(20),
	maincategory_cd VARCHAR(10),
	maincategory_name VARCHAR(20),
	subcategory_cd VARCHAR(10),
	subcategory_name VARCHAR(20),
	product_name VARCHAR(50),
	is_pb VARCHAR(5),
	tr_datetime TIMESTAMP(3),
	event_time TIMESTAMP(3),
  WATERMARK FOR tr_datetime AS tr_datetime - INTERVAL '5' SECOND)
PARTITIONED BY (tr_date, tr_time)
WITH (
	'connector' = 'kinesis',
	'stream' = 'de-enhancement-blee',
	'aws.region' = 'ap-northeast-2',
	'scan.stream.initpos' = 'TRIM_HORIZON',
	'format' = 'json',
	'json.timestamp-format.standard' = 'ISO-8601'
)
