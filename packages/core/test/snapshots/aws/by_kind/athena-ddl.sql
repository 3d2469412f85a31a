CREATE EXTERNAL TABLE `shop`.`by_kind` (
  `at` timestamp,
  `product_id` bigint,
  `session` string
)
COMMENT 'Partitioned by day, hour and kind'
PARTITIONED BY (
  `dt` string COMMENT 'UTC day, YYYY-MM-DD',
  `hour` int COMMENT 'UTC hour, 0 to 23',
  `kind` string COMMENT 'What happened'
)
ROW FORMAT SERDE 'org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe'
WITH SERDEPROPERTIES (
  'serialization.format' = '1'
)
STORED AS INPUTFORMAT 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat'
  OUTPUTFORMAT 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat'
LOCATION 's3://shop-lake/events/by_kind/'
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
  'projection.kind.type' = 'enum',
  'projection.kind.values' = 'view,cart,remove_from_cart,purchase',
  'storage.location.template' = 's3://shop-lake/events/by_kind/dt=${dt}/hour=${hour}/kind=${kind}/',
  'headwater.fingerprint' = '9b02b6db70a73d7d',
  'headwater.version' = '1.2.0'
);
