CREATE EXTERNAL TABLE `shop`.`shop_events` (
  `event_time` timestamp COMMENT 'When it happened (UTC)',
  `event_type` string COMMENT 'What happened',
  `product_id` bigint COMMENT 'Product',
  `category_code` string COMMENT 'Category path | such as electronics.smartphone',
  `price` decimal(10,2) COMMENT 'Price paid (unit: EUR)',
  `exchange_rate` decimal(24,12),
  `quantity` int,
  `discount_share` double,
  `gift` boolean,
  `delivery_day` date,
  `device` string,
  `user_id` bigint COMMENT 'Permanent user id (PII: pseudonymous)',
  `user_session` string COMMENT 'Session (PII: pseudonymous)',
  `email` string COMMENT 'PII: direct',
  `visitor` bigint COMMENT 'Former name of user_id, in older files (PII: pseudonymous)'
)
COMMENT 'What shoppers did in the store: one row per event, the store\'s own clock'
PARTITIONED BY (
  `dt` string COMMENT 'UTC day, YYYY-MM-DD',
  `hour` int COMMENT 'UTC hour, 0 to 23'
)
ROW FORMAT SERDE 'org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe'
WITH SERDEPROPERTIES (
  'serialization.format' = '1'
)
STORED AS INPUTFORMAT 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat'
  OUTPUTFORMAT 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat'
LOCATION 's3://shop-lake/events/shop_events/'
TBLPROPERTIES (
  'classification' = 'parquet',
  'parquet.compression' = 'ZSTD',
  'projection.enabled' = 'true',
  'projection.dt.type' = 'date',
  'projection.dt.format' = 'yyyy-MM-dd',
  'projection.dt.range' = '2019-10-01,NOW+1DAYS',
  'projection.dt.interval' = '1',
  'projection.dt.interval.unit' = 'DAYS',
  'projection.hour.type' = 'integer',
  'projection.hour.range' = '0,23',
  'projection.hour.digits' = '2',
  'storage.location.template' = 's3://shop-lake/events/shop_events/dt=${dt}/hour=${hour}/',
  'headwater.fingerprint' = '19e9194b97eb1ff7',
  'headwater.version' = '1.2.0'
);
