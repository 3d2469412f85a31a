CREATE EXTERNAL TABLE `shop`.`shop_events__quarantine` (
  `source` string COMMENT 'The input file of the row',
  `line` bigint COMMENT 'The line in the input; null for formats without lines',
  `raw` string COMMENT 'The raw text of the row (PII: direct)',
  `record` map<string,string> COMMENT 'The raw texts by column; null for a line that could not be split (PII: direct)',
  `reasons` array<struct<`column`:string,`code`:string>> COMMENT 'Why the row was rejected; the column is null when the line itself is broken',
  `schema_version` string COMMENT 'Fingerprint of the definition that rejected the row',
  `run_id` string COMMENT 'The run that rejected the row'
)
COMMENT 'Rows that loads of shop_events rejected'
PARTITIONED BY (
  `dt` string COMMENT 'UTC day of the run, YYYY-MM-DD'
)
ROW FORMAT SERDE 'org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe'
WITH SERDEPROPERTIES (
  'serialization.format' = '1'
)
STORED AS INPUTFORMAT 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat'
  OUTPUTFORMAT 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat'
LOCATION 's3://shop-lake/events/shop_events__quarantine/'
TBLPROPERTIES (
  'classification' = 'parquet',
  'parquet.compression' = 'ZSTD',
  'projection.enabled' = 'true',
  'projection.dt.type' = 'date',
  'projection.dt.format' = 'yyyy-MM-dd',
  'projection.dt.range' = '2019-10-01,NOW+1DAYS',
  'projection.dt.interval' = '1',
  'projection.dt.interval.unit' = 'DAYS',
  'storage.location.template' = 's3://shop-lake/events/shop_events__quarantine/dt=${dt}/'
);
