CREATE EXTERNAL TABLE `shop`.`shop_events__raw_csv` (
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
COMMENT 'Raw CSV files of shop_events, as they land'
ROW FORMAT SERDE 'org.apache.hadoop.hive.serde2.OpenCSVSerde'
WITH SERDEPROPERTIES (
  'separatorChar' = ',',
  'quoteChar' = '"',
  'escapeChar' = '\u007f'
)
STORED AS INPUTFORMAT 'org.apache.hadoop.mapred.TextInputFormat'
  OUTPUTFORMAT 'org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat'
LOCATION 's3://shop-lake/events/shop_events__raw_csv/'
TBLPROPERTIES (
  'classification' = 'csv',
  'skip.header.line.count' = '1'
);
