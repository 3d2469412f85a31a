CREATE EXTERNAL TABLE `shop`.`every_kind` (
  `happened_at` timestamp COMMENT 'Line one line two',
  `text` string COMMENT 'It\'s a text \\ with "quotes", `ticks`; and -- more (PII: direct)',
  `order` string COMMENT 'A reserved word',
  `flag` boolean,
  `small` int,
  `large` bigint COMMENT 'PII: pseudonymous',
  `share` double COMMENT 'unit: %',
  `price` decimal(10,2) COMMENT 'Long: 🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒…',
  `wide` decimal(38,10),
  `day` date,
  `session` string COMMENT 'PII: pseudonymous'
)
COMMENT 'Every kind, once; it\'s a table\nof two lines'
PARTITIONED BY (
  `dt` string COMMENT 'UTC day, YYYY-MM-DD'
)
ROW FORMAT SERDE 'org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe'
WITH SERDEPROPERTIES (
  'serialization.format' = '1'
)
STORED AS INPUTFORMAT 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat'
  OUTPUTFORMAT 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat'
LOCATION 's3://shop-lake/events/every_kind/'
TBLPROPERTIES (
  'classification' = 'parquet',
  'parquet.compression' = 'ZSTD',
  'projection.enabled' = 'true',
  'projection.dt.type' = 'date',
  'projection.dt.format' = 'yyyy-MM-dd',
  'projection.dt.range' = '2019-10-01,NOW+1DAYS',
  'projection.dt.interval' = '1',
  'projection.dt.interval.unit' = 'DAYS',
  'storage.location.template' = 's3://shop-lake/events/every_kind/dt=${dt}/',
  'headwater.fingerprint' = '31497115e4781bad',
  'headwater.version' = '1.2.0'
);
