SET 'execution.runtime-mode' = 'streaming';
SET 'table.local-time-zone' = 'UTC';
SET 'table.exec.source.idle-timeout' = '30 s';
SET 'table.exec.state.ttl' = '24 h';

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

-- Where answers go: Events, visitors and revenue by minute
CREATE TEMPORARY TABLE `every_kind_per_minute` (
  `answer_key` STRING,
  `window_start` TIMESTAMP_LTZ(3),
  `window_end` TIMESTAMP_LTZ(3),
  `events` BIGINT,
  `visitors` BIGINT
) WITH (
  'connector' = 'kinesis',
  'stream.arn' = 'arn:aws:kinesis:eu-central-1:123456789012:stream/every_kind-per-minute',
  'aws.region' = 'eu-central-1',
  'format' = 'json',
  'json.timestamp-format.standard' = 'ISO-8601',
  'json.encode.decimal-as-plain-number' = 'true'
);

-- Where answers go: Actors with too many actions
CREATE TEMPORARY TABLE `every_kind_many_actions` (
  `answer_key` STRING,
  `window_start` TIMESTAMP_LTZ(3),
  `window_end` TIMESTAMP_LTZ(3),
  `actor` BIGINT,
  `actions` BIGINT,
  `threshold` BIGINT
) WITH (
  'connector' = 'kinesis',
  'stream.arn' = 'arn:aws:kinesis:eu-central-1:123456789012:stream/every_kind-many-actions',
  'aws.region' = 'eu-central-1',
  'format' = 'json',
  'json.timestamp-format.standard' = 'ISO-8601',
  'json.encode.decimal-as-plain-number' = 'true'
);

-- Where answers go: Minutes with far too many events
CREATE TEMPORARY TABLE `every_kind_anomaly` (
  `answer_key` STRING,
  `window_start` TIMESTAMP_LTZ(3),
  `window_end` TIMESTAMP_LTZ(3),
  `seen` BIGINT,
  `expected` DOUBLE,
  `minutes_before` BIGINT
) WITH (
  'connector' = 'kinesis',
  'stream.arn' = 'arn:aws:kinesis:eu-central-1:123456789012:stream/every_kind-anomaly',
  'aws.region' = 'eu-central-1',
  'format' = 'json',
  'json.timestamp-format.standard' = 'ISO-8601',
  'json.encode.decimal-as-plain-number' = 'true'
);

EXECUTE STATEMENT SET
BEGIN
-- One row for each minute with an event: events, distinct visitors, views, cart events, purchases, and the amounts of the purchases
INSERT INTO `every_kind_per_minute`
SELECT
  CONCAT_WS('|', 'per-minute', CAST(`window_start` AS STRING)) AS `answer_key`,
  CAST(`window_start` AS TIMESTAMP_LTZ(3)) AS `window_start`,
  CAST(`window_end` AS TIMESTAMP_LTZ(3)) AS `window_end`,
  COUNT(*) AS `events`,
  COUNT(DISTINCT `large`) AS `visitors`
FROM TABLE(TUMBLE(TABLE `every_kind_events`, DESCRIPTOR(`happened_at`), INTERVAL '1' MINUTE))
GROUP BY `window_start`, `window_end`;

-- One row for each actor with more events in a window of a few seconds than the threshold
INSERT INTO `every_kind_many_actions`
SELECT
  CONCAT_WS('|', 'many-actions', CAST(`large` AS STRING), CAST(`window_start` AS STRING)) AS `answer_key`,
  CAST(`window_start` AS TIMESTAMP_LTZ(3)) AS `window_start`,
  CAST(`window_end` AS TIMESTAMP_LTZ(3)) AS `window_end`,
  `large` AS `actor`,
  COUNT(*) AS `actions`,
  CAST(10 AS BIGINT) AS `threshold`
FROM TABLE(TUMBLE(TABLE `every_kind_events`, DESCRIPTOR(`happened_at`), INTERVAL '10' SECOND))
WHERE `large` IS NOT NULL
GROUP BY `window_start`, `window_end`, `large`
HAVING COUNT(*) > 10;

-- One row for each minute, and each action, with more events than the mean of the minutes before it by so many standard deviations. The deviation is at least that of chance (the root of the mean), and there have to be enough minutes and events
INSERT INTO `every_kind_anomaly`
SELECT
  CONCAT_WS('|', 'anomaly', CAST(`window_start` AS STRING)) AS `answer_key`,
  CAST(`window_start` AS TIMESTAMP_LTZ(3)) AS `window_start`,
  CAST(`window_end` AS TIMESTAMP_LTZ(3)) AS `window_end`,
  `events` AS `seen`,
  CAST(`sum_of` - `events` AS DOUBLE) / CAST(`minutes_of` - 1 AS DOUBLE) AS `expected`,
  `minutes_of` - 1 AS `minutes_before`
FROM (
  SELECT *,
    COUNT(*) OVER `before` AS `minutes_of`,
    SUM(`events`) OVER `before` AS `sum_of`,
    SUM(`events` * `events`) OVER `before` AS `squares_of`
  FROM (
    SELECT `window_start`, `window_end`, `window_time`, COUNT(*) AS `events`
    FROM TABLE(TUMBLE(TABLE `every_kind_events`, DESCRIPTOR(`happened_at`), INTERVAL '1' MINUTE))
    GROUP BY `window_start`, `window_end`, `window_time`
  )
  WINDOW `before` AS (ORDER BY `window_time` ROWS BETWEEN 60 PRECEDING AND CURRENT ROW)
)
WHERE `minutes_of` > 10 AND `events` >= 20
  AND CAST(`events` AS DOUBLE) * CAST(`minutes_of` - 1 AS DOUBLE) > CAST(`sum_of` - `events` AS DOUBLE)
  AND (CAST(`events` AS DOUBLE) * CAST(`minutes_of` - 1 AS DOUBLE) - CAST(`sum_of` - `events` AS DOUBLE)) * (CAST(`events` AS DOUBLE) * CAST(`minutes_of` - 1 AS DOUBLE) - CAST(`sum_of` - `events` AS DOUBLE)) > 36 * CASE WHEN (CAST(`minutes_of` - 1 AS DOUBLE) * CAST(`squares_of` - `events` * `events` AS DOUBLE) - CAST(`sum_of` - `events` AS DOUBLE) * CAST(`sum_of` - `events` AS DOUBLE)) > (CAST(`sum_of` - `events` AS DOUBLE) * CAST(`minutes_of` - 1 AS DOUBLE)) THEN (CAST(`minutes_of` - 1 AS DOUBLE) * CAST(`squares_of` - `events` * `events` AS DOUBLE) - CAST(`sum_of` - `events` AS DOUBLE) * CAST(`sum_of` - `events` AS DOUBLE)) ELSE (CAST(`sum_of` - `events` AS DOUBLE) * CAST(`minutes_of` - 1 AS DOUBLE)) END;
END;
