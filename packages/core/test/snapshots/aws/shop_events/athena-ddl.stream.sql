CREATE EXTERNAL TABLE `shop`.`shop_events__stream` (
  `event_time` string COMMENT 'When it happened (UTC)',
  `event_type` string COMMENT 'What happened',
  `product_id` string COMMENT 'Product',
  `category_code` string COMMENT 'Category path | such as electronics.smartphone',
  `price` string COMMENT 'Price paid (unit: EUR)',
  `exchange_rate` string,
  `quantity` string,
  `discount_share` string,
  `gift` string,
  `delivery_day` string,
  `device` string,
  `user_id` string COMMENT 'Permanent user id (PII: pseudonymous)',
  `user_session` string COMMENT 'Session (PII: pseudonymous)',
  `email` string COMMENT 'PII: direct'
)
COMMENT 'Events of shop_events as a delivery stream writes them, before they are in the lake'
PARTITIONED BY (
  `dt` string COMMENT 'The day in the time of the record, YYYY-MM-DD'
)
ROW FORMAT SERDE 'org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe'
WITH SERDEPROPERTIES (
  'serialization.format' = '1'
)
STORED AS INPUTFORMAT 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat'
  OUTPUTFORMAT 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat'
LOCATION 's3://shop-lake/events/shop_events__stream/records/'
TBLPROPERTIES (
  'classification' = 'parquet',
  'parquet.compression' = 'SNAPPY',
  'projection.enabled' = 'true',
  'projection.dt.type' = 'date',
  'projection.dt.format' = 'yyyy-MM-dd',
  'projection.dt.range' = '2019-10-01,NOW+1DAYS',
  'projection.dt.interval' = '1',
  'projection.dt.interval.unit' = 'DAYS',
  'storage.location.template' = 's3://shop-lake/events/shop_events__stream/records/dt=${dt}/'
);
