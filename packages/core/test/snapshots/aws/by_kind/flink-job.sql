SET 'execution.runtime-mode' = 'streaming';
SET 'table.local-time-zone' = 'UTC';
SET 'table.exec.source.idle-timeout' = '30 s';
SET 'table.exec.state.ttl' = '24 h';

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

-- Events in a session
CREATE TEMPORARY VIEW `by_kind_in_sessions` AS
SELECT * FROM `by_kind_events` WHERE `session` IS NOT NULL;

-- Where answers go: Events, visitors and revenue by minute
CREATE TEMPORARY TABLE `by_kind_per_minute` (
  `answer_key` STRING,
  `window_start` TIMESTAMP_LTZ(3),
  `window_end` TIMESTAMP_LTZ(3),
  `events` BIGINT,
  `views` BIGINT,
  `carts` BIGINT,
  `purchases` BIGINT,
  `events_without_session` BIGINT,
  `carts_without_session` BIGINT,
  `purchases_without_session` BIGINT
) WITH (
  'connector' = 'kinesis',
  'stream.arn' = 'arn:aws:kinesis:eu-central-1:123456789012:stream/by_kind-per-minute',
  'aws.region' = 'eu-central-1',
  'format' = 'json',
  'json.timestamp-format.standard' = 'ISO-8601',
  'json.encode.decimal-as-plain-number' = 'true'
);

-- Where answers go: Abandoned carts
CREATE TEMPORARY TABLE `by_kind_abandonment` (
  `answer_key` STRING,
  `window_start` TIMESTAMP_LTZ(3),
  `window_end` TIMESTAMP_LTZ(3),
  `session` STRING,
  `events` BIGINT,
  `carts` BIGINT
) WITH (
  'connector' = 'kinesis',
  'stream.arn' = 'arn:aws:kinesis:eu-central-1:123456789012:stream/by_kind-abandonment',
  'aws.region' = 'eu-central-1',
  'format' = 'json',
  'json.timestamp-format.standard' = 'ISO-8601',
  'json.encode.decimal-as-plain-number' = 'true'
);

-- Where answers go: Steps in their order
CREATE TEMPORARY TABLE `by_kind_funnel` (
  `answer_key` STRING,
  `session` STRING,
  `view_time` TIMESTAMP_LTZ(3),
  `cart_time` TIMESTAMP_LTZ(3),
  `purchase_time` TIMESTAMP_LTZ(3),
  `events_before_step_2` BIGINT,
  `events_before_step_3` BIGINT
) WITH (
  'connector' = 'kinesis',
  'stream.arn' = 'arn:aws:kinesis:eu-central-1:123456789012:stream/by_kind-funnel',
  'aws.region' = 'eu-central-1',
  'format' = 'json',
  'json.timestamp-format.standard' = 'ISO-8601',
  'json.encode.decimal-as-plain-number' = 'true'
);

-- Where answers go: Minutes with far too many events
CREATE TEMPORARY TABLE `by_kind_anomaly` (
  `answer_key` STRING,
  `window_start` TIMESTAMP_LTZ(3),
  `window_end` TIMESTAMP_LTZ(3),
  `action` STRING,
  `seen` BIGINT,
  `expected` DOUBLE,
  `minutes_before` BIGINT
) WITH (
  'connector' = 'kinesis',
  'stream.arn' = 'arn:aws:kinesis:eu-central-1:123456789012:stream/by_kind-anomaly',
  'aws.region' = 'eu-central-1',
  'format' = 'json',
  'json.timestamp-format.standard' = 'ISO-8601',
  'json.encode.decimal-as-plain-number' = 'true'
);

EXECUTE STATEMENT SET
BEGIN
-- One row for each minute with an event: events, distinct visitors, views, cart events, purchases, and the amounts of the purchases
INSERT INTO `by_kind_per_minute`
SELECT
  CONCAT_WS('|', 'per-minute', CAST(`window_start` AS STRING)) AS `answer_key`,
  CAST(`window_start` AS TIMESTAMP_LTZ(3)) AS `window_start`,
  CAST(`window_end` AS TIMESTAMP_LTZ(3)) AS `window_end`,
  COUNT(*) AS `events`,
  COUNT(*) FILTER (WHERE `kind` = 'view') AS `views`,
  COUNT(*) FILTER (WHERE `kind` = 'cart') AS `carts`,
  COUNT(*) FILTER (WHERE `kind` = 'purchase') AS `purchases`,
  COUNT(*) FILTER (WHERE (`session` IS NULL)) AS `events_without_session`,
  COUNT(*) FILTER (WHERE `kind` = 'cart' AND (`session` IS NULL)) AS `carts_without_session`,
  COUNT(*) FILTER (WHERE `kind` = 'purchase' AND (`session` IS NULL)) AS `purchases_without_session`
FROM TABLE(TUMBLE(TABLE `by_kind_events`, DESCRIPTOR(`at`), INTERVAL '1' MINUTE))
GROUP BY `window_start`, `window_end`;

-- One row for each session with a cart event and without a purchase, once it has had no event for the minutes of inactivity. left_in_cart is the amounts of its cart events less those of its removals, never below zero
INSERT INTO `by_kind_abandonment`
SELECT
  CONCAT_WS('|', 'abandonment', CAST(`session` AS STRING), CAST(`window_start` AS STRING)) AS `answer_key`,
  CAST(`window_start` AS TIMESTAMP_LTZ(3)) AS `window_start`,
  CAST(`window_end` AS TIMESTAMP_LTZ(3)) AS `window_end`,
  `session`,
  COUNT(*) AS `events`,
  COUNT(*) FILTER (WHERE `kind` = 'cart') AS `carts`
FROM TABLE(SESSION(TABLE `by_kind_in_sessions` PARTITION BY (`session`), DESCRIPTOR(`at`), INTERVAL '30' MINUTE))
GROUP BY `window_start`, `window_end`, `session`
HAVING COUNT(*) FILTER (WHERE `kind` = 'cart') > 0 AND COUNT(*) FILTER (WHERE `kind` = 'purchase') = 0;

-- One row for each time that a session has an event of every step, one after the other, within the minutes: the time of the first event of each step, and how many events there were in between
INSERT INTO `by_kind_funnel`
SELECT
  CONCAT_WS('|', 'funnel', CAST(`session` AS STRING), CAST(`view_time` AS STRING)) AS `answer_key`,
  `session`,
  CAST(`view_time` AS TIMESTAMP_LTZ(3)) AS `view_time`,
  CAST(`cart_time` AS TIMESTAMP_LTZ(3)) AS `cart_time`,
  CAST(`purchase_time` AS TIMESTAMP_LTZ(3)) AS `purchase_time`,
  `between_1` AS `events_before_step_2`,
  `between_2` AS `events_before_step_3`
FROM `by_kind_in_sessions` MATCH_RECOGNIZE (
  PARTITION BY `session`
  ORDER BY `at`
  MEASURES
    S1.`at` AS `view_time`,
    S2.`at` AS `cart_time`,
    S3.`at` AS `purchase_time`,
    COUNT(G1.`at`) AS `between_1`,
    COUNT(G2.`at`) AS `between_2`
  ONE ROW PER MATCH
  AFTER MATCH SKIP PAST LAST ROW
  PATTERN (S1 G1* S2 G2* S3) WITHIN INTERVAL '30' MINUTE
  DEFINE
    S1 AS S1.`kind` = 'view',
    S2 AS S2.`kind` = 'cart',
    S3 AS S3.`kind` = 'purchase',
    G1 AS (G1.`kind` = 'cart') IS NOT TRUE,
    G2 AS (G2.`kind` = 'purchase') IS NOT TRUE
);

-- One row for each minute, and each action, with more events than the mean of the minutes before it by so many standard deviations. The deviation is at least that of chance (the root of the mean), and there have to be enough minutes and events
INSERT INTO `by_kind_anomaly`
SELECT
  CONCAT_WS('|', 'anomaly', CAST(`kind` AS STRING), CAST(`window_start` AS STRING)) AS `answer_key`,
  CAST(`window_start` AS TIMESTAMP_LTZ(3)) AS `window_start`,
  CAST(`window_end` AS TIMESTAMP_LTZ(3)) AS `window_end`,
  `kind` AS `action`,
  `events` AS `seen`,
  CAST(`sum_of` - `events` AS DOUBLE) / CAST(`minutes_of` - 1 AS DOUBLE) AS `expected`,
  `minutes_of` - 1 AS `minutes_before`
FROM (
  SELECT *,
    COUNT(*) OVER `before` AS `minutes_of`,
    SUM(`events`) OVER `before` AS `sum_of`,
    SUM(`events` * `events`) OVER `before` AS `squares_of`
  FROM (
    SELECT `window_start`, `window_end`, `window_time`, `kind`, COUNT(*) AS `events`
    FROM TABLE(TUMBLE(TABLE `by_kind_events`, DESCRIPTOR(`at`), INTERVAL '1' MINUTE))
    GROUP BY `window_start`, `window_end`, `window_time`, `kind`
  )
  WINDOW `before` AS (PARTITION BY `kind` ORDER BY `window_time` ROWS BETWEEN 60 PRECEDING AND CURRENT ROW)
)
WHERE `minutes_of` > 10 AND `events` >= 20
  AND CAST(`events` AS DOUBLE) * CAST(`minutes_of` - 1 AS DOUBLE) > CAST(`sum_of` - `events` AS DOUBLE)
  AND (CAST(`events` AS DOUBLE) * CAST(`minutes_of` - 1 AS DOUBLE) - CAST(`sum_of` - `events` AS DOUBLE)) * (CAST(`events` AS DOUBLE) * CAST(`minutes_of` - 1 AS DOUBLE) - CAST(`sum_of` - `events` AS DOUBLE)) > 36 * CASE WHEN (CAST(`minutes_of` - 1 AS DOUBLE) * CAST(`squares_of` - `events` * `events` AS DOUBLE) - CAST(`sum_of` - `events` AS DOUBLE) * CAST(`sum_of` - `events` AS DOUBLE)) > (CAST(`sum_of` - `events` AS DOUBLE) * CAST(`minutes_of` - 1 AS DOUBLE)) THEN (CAST(`minutes_of` - 1 AS DOUBLE) * CAST(`squares_of` - `events` * `events` AS DOUBLE) - CAST(`sum_of` - `events` AS DOUBLE) * CAST(`sum_of` - `events` AS DOUBLE)) ELSE (CAST(`sum_of` - `events` AS DOUBLE) * CAST(`minutes_of` - 1 AS DOUBLE)) END;
END;
