CREATE EXTERNAL TABLE `de_enhancement_db_blee.transaction_order2`(
	tr_date string COMMENT 'transaction date',
	tr_time string COMMENT 'transaction time HH' ,
	store_cd string COMMENT 'Store Code',
	store_name string COMMENT 'Store Name KR',
	pos_num string COMMENT 'POS Machine Number',
	receipt_num string COMMENT 'Receipt Number',
	product_cd string COMMENT 'Product Code',
	qty int COMMENT 'Quantity',
	mount float COMMENT 'Price of Order',
	division_cd string COMMENT 'Division Code',
	division_name string COMMENT 'Division Name' ,
	maincategory_cd string COMMENT 'MainCategory Code',
	maincategory_name string COMMENT 'MainCategory Name',
	subcategory_cd string COMMENT 'SubCategory Code',
	subcategory_name string COMMENT 'SubCategory Name',
	product_name string COMMENT 'Product Name',
	is_pb string COMMENT 'Whether Product PB',
	tr_datetime timestamp COMMENT 'transacation Timestamp',
	event_time timestamp COMMENT 'Event Timestamp')
PARTITIONED BY ( 
  `year` int, 
  `month` int, 
  `day` int, 
  `hour` int)
ROW FORMAT SERDE 
  'org.openx.data.jsonserde.JsonSerDe' 
STORED AS INPUTFORMAT 
  'org.apache.hadoop.mapred.TextInputFormat' 
OUTPUTFORMAT 
  'org.apache.hadoop.hive.ql.io.IgnoreKeyTextOutputFormat'
LOCATION
  's3://hist-streaming-lab-blee/data/stream_data'
