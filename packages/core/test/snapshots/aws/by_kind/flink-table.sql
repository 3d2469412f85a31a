-- Records of the stream as they are. row_time is the time of an event, or 1970 where a record has none
CREATE TEMPORARY TABLE `by_kind` (
  `at` TIMESTAMP_LTZ(3),
  `kind` STRING,
  `product_id` STRING,
  `session` STRING,
  `row_time` AS CASE WHEN `at` IS NOT NULL THEN `at` ELSE TO_TIMESTAMP_LTZ(0, 3) END,
  `processing_time` AS PROCTIME(),
  WATERMARK FOR `row_time` AS `row_time` - INTERVAL '10' SECOND
) WITH (
  'connector' = 'kinesis',
  'stream.arn' = 'arn:aws:kinesis:eu-central-1:123456789012:stream/by_kind',
  'aws.region' = 'eu-central-1',
  'source.init.position' = 'LATEST',
  'source.reader.type' = 'POLLING',
  'format' = 'json',
  'json.timestamp-format.standard' = 'ISO-8601',
  'json.ignore-parse-errors' = 'true'
);

-- Clean events: text steps, casts and checks of the definition
CREATE TEMPORARY VIEW `by_kind_clean` AS
SELECT
  `row_time` AS `at`,
  `kind`,
  CASE WHEN REGEXP(`product_id`, '^[+-]?[0-9]+\z') THEN TRY_CAST(`product_id` AS BIGINT) END AS `product_id`,
  CASE WHEN REGEXP(`session`, '^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}\z') THEN LOWER(`session`) END AS `session`,
  `processing_time`
FROM (
  SELECT
    `at` AS `time_read`,
    NULLIF(TRIM(BOTH U&'\0009\000a\000b\000c\000d\0020\00a0\feff' FROM `kind`), '') AS `kind`,
    NULLIF(TRIM(BOTH U&'\0009\000a\000b\000c\000d\0020\00a0\feff' FROM `product_id`), '') AS `product_id`,
    NULLIF(TRIM(BOTH U&'\0009\000a\000b\000c\000d\0020\00a0\feff' FROM `session`), '') AS `session`,
    `row_time`,
    `processing_time`
  FROM `by_kind`
)
WHERE `time_read` IS NOT NULL
  AND `kind` IN ('view', 'cart', 'remove_from_cart', 'purchase')
  AND CASE WHEN REGEXP(`product_id`, '^[+-]?[0-9]+\z') THEN TRY_CAST(`product_id` AS BIGINT) END IS NOT NULL
  AND (`session` IS NULL OR (CASE WHEN REGEXP(`session`, '^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}\z') THEN LOWER(`session`) END IS NOT NULL));

-- Each event once, by the duplicate key: the first to arrive
CREATE TEMPORARY VIEW `by_kind_events` AS
SELECT `at`, `kind`, `product_id`, `session`
FROM (
  SELECT *, ROW_NUMBER() OVER (PARTITION BY `at`, `kind`, `product_id`, `session` ORDER BY `processing_time`) AS `copy_number`
  FROM `by_kind_clean`
)
WHERE `copy_number` = 1;
