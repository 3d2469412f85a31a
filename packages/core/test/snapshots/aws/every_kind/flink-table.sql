-- Records of the stream as they are. row_time is the time of an event, or 1970 where a record has none
CREATE TEMPORARY TABLE `every_kind` (
  `happened_at` TIMESTAMP_LTZ(3),
  `text` STRING,
  `order` STRING,
  `flag` STRING,
  `small` STRING,
  `large` STRING,
  `share` STRING,
  `price` STRING,
  `wide` STRING,
  `day` STRING,
  `session` STRING,
  `row_time` AS CASE WHEN `happened_at` IS NOT NULL THEN `happened_at` ELSE TO_TIMESTAMP_LTZ(0, 3) END,
  `processing_time` AS PROCTIME(),
  WATERMARK FOR `row_time` AS `row_time` - INTERVAL '10' SECOND
) WITH (
  'connector' = 'kinesis',
  'stream.arn' = 'arn:aws:kinesis:eu-central-1:123456789012:stream/every_kind',
  'aws.region' = 'eu-central-1',
  'source.init.position' = 'LATEST',
  'source.reader.type' = 'POLLING',
  'format' = 'json',
  'json.timestamp-format.standard' = 'ISO-8601',
  'json.ignore-parse-errors' = 'true'
);

-- Clean events: text steps, casts and checks of the definition
CREATE TEMPORARY VIEW `every_kind_clean` AS
SELECT
  `row_time` AS `happened_at`,
  `text`,
  `order`,
  CASE WHEN LOWER(`flag`) IN ('true', 't', 'yes', 'y', '1') THEN TRUE WHEN LOWER(`flag`) IN ('false', 'f', 'no', 'n', '0') THEN FALSE END AS `flag`,
  CASE WHEN REGEXP(`small`, '^[+-]?[0-9]+\z') THEN TRY_CAST(`small` AS INT) END AS `small`,
  CASE WHEN REGEXP(`large`, '^[+-]?[0-9]+\z') THEN TRY_CAST(`large` AS BIGINT) END AS `large`,
  CASE WHEN REGEXP(`share`, '^[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?\z') THEN TRY_CAST(`share` AS DOUBLE) END AS `share`,
  CASE WHEN REGEXP(`price`, '^[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)\z') THEN TRY_CAST(`price` AS DECIMAL(10, 2)) END AS `price`,
  CASE WHEN REGEXP(`wide`, '^[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)\z') THEN TRY_CAST(`wide` AS DECIMAL(38, 10)) END AS `wide`,
  CASE WHEN REGEXP(`day`, '^[0-9]{4}-[0-9]{2}-[0-9]{2}\z') THEN TRY_CAST(`day` AS DATE) END AS `day`,
  CASE WHEN REGEXP(`session`, '^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}\z') THEN LOWER(`session`) END AS `session`,
  `processing_time`
FROM (
  SELECT
    `happened_at` AS `time_read`,
    NULLIF(TRIM(BOTH U&'\0009\000a\000b\000c\000d\0020\00a0\feff' FROM `text`), '') AS `text`,
    NULLIF(TRIM(BOTH U&'\0009\000a\000b\000c\000d\0020\00a0\feff' FROM `order`), '') AS `order`,
    NULLIF(TRIM(BOTH U&'\0009\000a\000b\000c\000d\0020\00a0\feff' FROM `flag`), '') AS `flag`,
    NULLIF(TRIM(BOTH U&'\0009\000a\000b\000c\000d\0020\00a0\feff' FROM `small`), '') AS `small`,
    NULLIF(TRIM(BOTH U&'\0009\000a\000b\000c\000d\0020\00a0\feff' FROM `large`), '') AS `large`,
    NULLIF(TRIM(BOTH U&'\0009\000a\000b\000c\000d\0020\00a0\feff' FROM `share`), '') AS `share`,
    NULLIF(TRIM(BOTH U&'\0009\000a\000b\000c\000d\0020\00a0\feff' FROM `price`), '') AS `price`,
    NULLIF(TRIM(BOTH U&'\0009\000a\000b\000c\000d\0020\00a0\feff' FROM `wide`), '') AS `wide`,
    NULLIF(TRIM(BOTH U&'\0009\000a\000b\000c\000d\0020\00a0\feff' FROM `day`), '') AS `day`,
    NULLIF(TRIM(BOTH U&'\0009\000a\000b\000c\000d\0020\00a0\feff' FROM `session`), '') AS `session`,
    `row_time`,
    `processing_time`
  FROM `every_kind`
)
WHERE `time_read` IS NOT NULL
  AND `text` IS NOT NULL
  AND (`order` IS NULL OR (`order` IN ('a', 'b''s')))
  AND (`flag` IS NULL OR (CASE WHEN LOWER(`flag`) IN ('true', 't', 'yes', 'y', '1') THEN TRUE WHEN LOWER(`flag`) IN ('false', 'f', 'no', 'n', '0') THEN FALSE END IS NOT NULL))
  AND (`small` IS NULL OR (CASE WHEN REGEXP(`small`, '^[+-]?[0-9]+\z') THEN TRY_CAST(`small` AS INT) END IS NOT NULL))
  AND CASE WHEN REGEXP(`large`, '^[+-]?[0-9]+\z') THEN TRY_CAST(`large` AS BIGINT) END IS NOT NULL
  AND (`share` IS NULL OR (CASE WHEN REGEXP(`share`, '^[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?\z') THEN TRY_CAST(`share` AS DOUBLE) END IS NOT NULL))
  AND CASE WHEN REGEXP(`price`, '^[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)\z') THEN TRY_CAST(`price` AS DECIMAL(10, 2)) END IS NOT NULL
  AND (`wide` IS NULL OR (CASE WHEN REGEXP(`wide`, '^[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)\z') THEN TRY_CAST(`wide` AS DECIMAL(38, 10)) END IS NOT NULL))
  AND (`day` IS NULL OR (CASE WHEN REGEXP(`day`, '^[0-9]{4}-[0-9]{2}-[0-9]{2}\z') THEN TRY_CAST(`day` AS DATE) END IS NOT NULL))
  AND (`session` IS NULL OR (CASE WHEN REGEXP(`session`, '^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}\z') THEN LOWER(`session`) END IS NOT NULL));

-- Each event once, by the duplicate key: the first to arrive
CREATE TEMPORARY VIEW `every_kind_events` AS
SELECT `happened_at`, `text`, `order`, `flag`, `small`, `large`, `share`, `price`, `wide`, `day`, `session`
FROM (
  SELECT *, ROW_NUMBER() OVER (PARTITION BY `happened_at`, `text`, `order`, `flag`, `small`, `large`, `share`, `price`, `wide`, `day`, `session` ORDER BY `processing_time`) AS `copy_number`
  FROM `every_kind_clean`
)
WHERE `copy_number` = 1;
