-- Records of the stream as they are. row_time is the time of an event, or 1970 where a record has none
CREATE TEMPORARY TABLE `shop_events` (
  `event_time` TIMESTAMP_LTZ(3),
  `event_type` STRING,
  `product_id` STRING,
  `category_code` STRING,
  `price` STRING,
  `exchange_rate` STRING,
  `quantity` STRING,
  `discount_share` STRING,
  `gift` STRING,
  `delivery_day` STRING,
  `device` STRING,
  `user_id` STRING,
  `user_session` STRING,
  `email` STRING,
  `row_time` AS CASE WHEN `event_time` IS NOT NULL AND `event_time` >= TO_TIMESTAMP_LTZ(1420070400000, 3) THEN `event_time` ELSE TO_TIMESTAMP_LTZ(0, 3) END,
  `processing_time` AS PROCTIME(),
  WATERMARK FOR `row_time` AS `row_time` - INTERVAL '10' SECOND
) WITH (
  'connector' = 'kinesis',
  'stream.arn' = 'arn:aws:kinesis:eu-central-1:123456789012:stream/shop_events',
  'aws.region' = 'eu-central-1',
  'source.init.position' = 'LATEST',
  'source.reader.type' = 'POLLING',
  'format' = 'json',
  'json.timestamp-format.standard' = 'ISO-8601',
  'json.ignore-parse-errors' = 'true'
);

-- Clean events: text steps, casts and checks of the definition
CREATE TEMPORARY VIEW `shop_events_clean` AS
SELECT
  `row_time` AS `event_time`,
  `event_type`,
  CASE WHEN REGEXP(`product_id`, '^[+-]?[0-9]+\z') THEN TRY_CAST(`product_id` AS BIGINT) END AS `product_id`,
  `category_code`,
  CASE WHEN REGEXP(`price`, '^[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)\z') THEN TRY_CAST(`price` AS DECIMAL(10, 2)) END AS `price`,
  CASE WHEN REGEXP(`exchange_rate`, '^[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)\z') THEN TRY_CAST(`exchange_rate` AS DECIMAL(24, 12)) END AS `exchange_rate`,
  CASE WHEN REGEXP(`quantity`, '^[+-]?[0-9]+\z') THEN TRY_CAST(`quantity` AS INT) END AS `quantity`,
  CASE WHEN REGEXP(`discount_share`, '^[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?\z') THEN TRY_CAST(`discount_share` AS DOUBLE) END AS `discount_share`,
  CASE WHEN LOWER(`gift`) IN ('true', 't', 'yes', 'y', '1') THEN TRUE WHEN LOWER(`gift`) IN ('false', 'f', 'no', 'n', '0') THEN FALSE END AS `gift`,
  CASE WHEN REGEXP(`delivery_day`, '^[0-9]{4}-[0-9]{2}-[0-9]{2}\z') THEN TRY_CAST(`delivery_day` AS DATE) END AS `delivery_day`,
  `device`,
  CASE WHEN REGEXP(`user_id`, '^[+-]?[0-9]+\z') THEN TRY_CAST(`user_id` AS BIGINT) END AS `user_id`,
  CASE WHEN REGEXP(`user_session`, '^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}\z') THEN LOWER(`user_session`) END AS `user_session`,
  `email`,
  `processing_time`
FROM (
  SELECT
    `event_time` AS `time_read`,
    NULLIF(LOWER(TRIM(BOTH U&'\0009\000a\000b\000c\000d\0020\00a0\feff' FROM `event_type`)), '') AS `event_type`,
    NULLIF(TRIM(BOTH U&'\0009\000a\000b\000c\000d\0020\00a0\feff' FROM `product_id`), '') AS `product_id`,
    NULLIF(LOWER(TRIM(BOTH U&'\0009\000a\000b\000c\000d\0020\00a0\feff' FROM `category_code`)), '') AS `category_code`,
    NULLIF(TRIM(BOTH U&'\0009\000a\000b\000c\000d\0020\00a0\feff' FROM `price`), '') AS `price`,
    NULLIF(TRIM(BOTH U&'\0009\000a\000b\000c\000d\0020\00a0\feff' FROM `exchange_rate`), '') AS `exchange_rate`,
    COALESCE(NULLIF(TRIM(BOTH U&'\0009\000a\000b\000c\000d\0020\00a0\feff' FROM `quantity`), ''), '1') AS `quantity`,
    NULLIF(TRIM(BOTH U&'\0009\000a\000b\000c\000d\0020\00a0\feff' FROM `discount_share`), '') AS `discount_share`,
    NULLIF(TRIM(BOTH U&'\0009\000a\000b\000c\000d\0020\00a0\feff' FROM `gift`), '') AS `gift`,
    NULLIF(TRIM(BOTH U&'\0009\000a\000b\000c\000d\0020\00a0\feff' FROM `delivery_day`), '') AS `delivery_day`,
    NULLIF(TRIM(BOTH U&'\0009\000a\000b\000c\000d\0020\00a0\feff' FROM `device`), '') AS `device`,
    NULLIF(TRIM(BOTH U&'\0009\000a\000b\000c\000d\0020\00a0\feff' FROM `user_id`), '') AS `user_id`,
    NULLIF(TRIM(BOTH U&'\0009\000a\000b\000c\000d\0020\00a0\feff' FROM `user_session`), '') AS `user_session`,
    NULLIF(TRIM(BOTH U&'\0009\000a\000b\000c\000d\0020\00a0\feff' FROM `email`), '') AS `email`,
    `row_time`,
    `processing_time`
  FROM `shop_events`
)
WHERE `time_read` IS NOT NULL AND `time_read` >= TO_TIMESTAMP_LTZ(1420070400000, 3)
  AND `event_type` IN ('view', 'cart', 'remove_from_cart', 'purchase')
  AND CASE WHEN REGEXP(`product_id`, '^[+-]?[0-9]+\z') THEN TRY_CAST(`product_id` AS BIGINT) END > CAST('0' AS BIGINT)
  AND (`category_code` IS NULL OR (CHAR_LENGTH(`category_code`) <= 10000 AND REGEXP(`category_code`, '^[a-z0-9_]+(\.[a-z0-9_]+)*\z')))
  AND CAST(CASE WHEN REGEXP(`price`, '^[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)\z') THEN TRY_CAST(`price` AS DECIMAL(10, 2)) END AS DOUBLE) >= CAST('0' AS DOUBLE)
  AND (`exchange_rate` IS NULL OR (CASE WHEN REGEXP(`exchange_rate`, '^[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)\z') THEN TRY_CAST(`exchange_rate` AS DECIMAL(24, 12)) END IS NOT NULL))
  AND CAST(CASE WHEN REGEXP(`quantity`, '^[+-]?[0-9]+\z') THEN TRY_CAST(`quantity` AS INT) END AS DOUBLE) >= CAST('1' AS DOUBLE)
  AND CAST(CASE WHEN REGEXP(`quantity`, '^[+-]?[0-9]+\z') THEN TRY_CAST(`quantity` AS INT) END AS DOUBLE) <= CAST('999' AS DOUBLE)
  AND (`discount_share` IS NULL OR (CAST(CASE WHEN REGEXP(`discount_share`, '^[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?\z') THEN TRY_CAST(`discount_share` AS DOUBLE) END AS DOUBLE) >= CAST('0' AS DOUBLE) AND CAST(CASE WHEN REGEXP(`discount_share`, '^[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?\z') THEN TRY_CAST(`discount_share` AS DOUBLE) END AS DOUBLE) < CAST('1' AS DOUBLE)))
  AND (`gift` IS NULL OR (CASE WHEN LOWER(`gift`) IN ('true', 't', 'yes', 'y', '1') THEN TRUE WHEN LOWER(`gift`) IN ('false', 'f', 'no', 'n', '0') THEN FALSE END IS NOT NULL))
  AND (`delivery_day` IS NULL OR (CASE WHEN REGEXP(`delivery_day`, '^[0-9]{4}-[0-9]{2}-[0-9]{2}\z') THEN TRY_CAST(`delivery_day` AS DATE) END IS NOT NULL))
  AND (`device` IS NULL OR (`device` IN ('phone', 'tablet''s', 'desktop')))
  AND CASE WHEN REGEXP(`user_id`, '^[+-]?[0-9]+\z') THEN TRY_CAST(`user_id` AS BIGINT) END IS NOT NULL
  AND (`user_session` IS NULL OR (CASE WHEN REGEXP(`user_session`, '^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}\z') THEN LOWER(`user_session`) END IS NOT NULL))
  AND (`email` IS NULL OR (CHAR_LENGTH(`email`) >= 3 AND CHAR_LENGTH(`email`) <= 254));

-- Each event once, by the duplicate key: the first to arrive
CREATE TEMPORARY VIEW `shop_events_events` AS
SELECT `event_time`, `event_type`, `product_id`, `category_code`, `price`, `exchange_rate`, `quantity`, `discount_share`, `gift`, `delivery_day`, `device`, `user_id`, `user_session`, `email`
FROM (
  SELECT *, ROW_NUMBER() OVER (PARTITION BY `event_time`, `event_type`, `product_id`, `user_id` ORDER BY `processing_time`) AS `copy_number`
  FROM `shop_events_clean`
)
WHERE `copy_number` = 1;
