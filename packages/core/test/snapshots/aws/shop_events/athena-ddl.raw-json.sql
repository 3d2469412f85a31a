CREATE EXTERNAL TABLE `shop`.`shop_events__raw_json` (
  `event_time` string COMMENT 'When it happened (UTC)',
  `timestamp` string COMMENT 'Another name of event_time',
  `occurred_at` string COMMENT 'Another name of event_time',
  `event_type` string COMMENT 'What happened',
  `action` string COMMENT 'Another name of event_type',
  `product_id` string COMMENT 'Product',
  `sku` string COMMENT 'Another name of product_id',
  `category_code` string COMMENT 'Category path | such as electronics.smartphone',
  `price` string COMMENT 'Price paid (unit: EUR)',
  `exchange_rate` string,
  `quantity` string,
  `discount_share` string,
  `gift` string,
  `delivery_day` string,
  `device` string,
  `user_id` string COMMENT 'Permanent user id (PII: pseudonymous)',
  `visitor` string COMMENT 'Another name of user_id (PII: pseudonymous)',
  `user_session` string COMMENT 'Session (PII: pseudonymous)',
  `email` string COMMENT 'PII: direct'
)
COMMENT 'Raw JSON files of shop_events, as they land'
ROW FORMAT SERDE 'org.apache.hive.hcatalog.data.JsonSerDe'
WITH SERDEPROPERTIES (
  'serialization.format' = '1'
)
STORED AS INPUTFORMAT 'org.apache.hadoop.mapred.TextInputFormat'
  OUTPUTFORMAT 'org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat'
LOCATION 's3://shop-lake/events/shop_events__raw_json/'
TBLPROPERTIES (
  'classification' = 'json'
);
