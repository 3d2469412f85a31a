SET 'execution.runtime-mode' = 'streaming';
SET 'table.local-time-zone' = 'UTC';
SET 'table.exec.source.idle-timeout' = '30 s';
SET 'table.exec.state.ttl' = '24 h';

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

-- Events in a session
CREATE TEMPORARY VIEW `shop_events_in_sessions` AS
SELECT * FROM `shop_events_events` WHERE `user_session` IS NOT NULL;

-- Where answers go: Events, visitors and revenue by minute
CREATE TEMPORARY TABLE `shop_events_per_minute` (
  `answer_key` STRING,
  `window_start` TIMESTAMP_LTZ(3),
  `window_end` TIMESTAMP_LTZ(3),
  `events` BIGINT,
  `visitors` BIGINT,
  `views` BIGINT,
  `carts` BIGINT,
  `purchases` BIGINT,
  `revenue` DECIMAL(38, 2),
  `events_without_session` BIGINT,
  `carts_without_session` BIGINT,
  `purchases_without_session` BIGINT,
  `revenue_without_session` DECIMAL(38, 2)
) WITH (
  'connector' = 'kinesis',
  'stream.arn' = 'arn:aws:kinesis:eu-central-1:123456789012:stream/shop_events-per-minute',
  'aws.region' = 'eu-central-1',
  'format' = 'json',
  'json.timestamp-format.standard' = 'ISO-8601',
  'json.encode.decimal-as-plain-number' = 'true'
);

-- Where answers go: Abandoned carts
CREATE TEMPORARY TABLE `shop_events_abandonment` (
  `answer_key` STRING,
  `window_start` TIMESTAMP_LTZ(3),
  `window_end` TIMESTAMP_LTZ(3),
  `session` STRING,
  `events` BIGINT,
  `carts` BIGINT,
  `left_in_cart` DECIMAL(38, 2)
) WITH (
  'connector' = 'kinesis',
  'stream.arn' = 'arn:aws:kinesis:eu-central-1:123456789012:stream/shop_events-abandonment',
  'aws.region' = 'eu-central-1',
  'format' = 'json',
  'json.timestamp-format.standard' = 'ISO-8601',
  'json.encode.decimal-as-plain-number' = 'true'
);

-- Where answers go: Steps in their order
CREATE TEMPORARY TABLE `shop_events_funnel` (
  `answer_key` STRING,
  `session` STRING,
  `view_time` TIMESTAMP_LTZ(3),
  `cart_time` TIMESTAMP_LTZ(3),
  `purchase_time` TIMESTAMP_LTZ(3),
  `events_before_step_2` BIGINT,
  `events_before_step_3` BIGINT
) WITH (
  'connector' = 'kinesis',
  'stream.arn' = 'arn:aws:kinesis:eu-central-1:123456789012:stream/shop_events-funnel',
  'aws.region' = 'eu-central-1',
  'format' = 'json',
  'json.timestamp-format.standard' = 'ISO-8601',
  'json.encode.decimal-as-plain-number' = 'true'
);

-- Where answers go: Actors with too many actions
CREATE TEMPORARY TABLE `shop_events_many_actions` (
  `answer_key` STRING,
  `window_start` TIMESTAMP_LTZ(3),
  `window_end` TIMESTAMP_LTZ(3),
  `actor` BIGINT,
  `actions` BIGINT,
  `threshold` BIGINT
) WITH (
  'connector' = 'kinesis',
  'stream.arn' = 'arn:aws:kinesis:eu-central-1:123456789012:stream/shop_events-many-actions',
  'aws.region' = 'eu-central-1',
  'format' = 'json',
  'json.timestamp-format.standard' = 'ISO-8601',
  'json.encode.decimal-as-plain-number' = 'true'
);

-- Where answers go: Minutes with far too many events
CREATE TEMPORARY TABLE `shop_events_anomaly` (
  `answer_key` STRING,
  `window_start` TIMESTAMP_LTZ(3),
  `window_end` TIMESTAMP_LTZ(3),
  `action` STRING,
  `seen` BIGINT,
  `expected` DOUBLE,
  `minutes_before` BIGINT
) WITH (
  'connector' = 'kinesis',
  'stream.arn' = 'arn:aws:kinesis:eu-central-1:123456789012:stream/shop_events-anomaly',
  'aws.region' = 'eu-central-1',
  'format' = 'json',
  'json.timestamp-format.standard' = 'ISO-8601',
  'json.encode.decimal-as-plain-number' = 'true'
);

EXECUTE STATEMENT SET
BEGIN
-- One row for each minute with an event: events, distinct visitors, views, cart events, purchases, and the amounts of the purchases
INSERT INTO `shop_events_per_minute`
SELECT
  CONCAT_WS('|', 'per-minute', CAST(`window_start` AS STRING)) AS `answer_key`,
  CAST(`window_start` AS TIMESTAMP_LTZ(3)) AS `window_start`,
  CAST(`window_end` AS TIMESTAMP_LTZ(3)) AS `window_end`,
  COUNT(*) AS `events`,
  COUNT(DISTINCT `user_id`) AS `visitors`,
  COUNT(*) FILTER (WHERE `event_type` = 'view') AS `views`,
  COUNT(*) FILTER (WHERE `event_type` = 'cart') AS `carts`,
  COUNT(*) FILTER (WHERE `event_type` = 'purchase') AS `purchases`,
  COALESCE(SUM(CAST(`price` AS DECIMAL(38, 2))) FILTER (WHERE `event_type` = 'purchase'), CAST(0 AS DECIMAL(38, 2))) AS `revenue`,
  COUNT(*) FILTER (WHERE (`user_session` IS NULL)) AS `events_without_session`,
  COUNT(*) FILTER (WHERE `event_type` = 'cart' AND (`user_session` IS NULL)) AS `carts_without_session`,
  COUNT(*) FILTER (WHERE `event_type` = 'purchase' AND (`user_session` IS NULL)) AS `purchases_without_session`,
  COALESCE(SUM(CAST(`price` AS DECIMAL(38, 2))) FILTER (WHERE `event_type` = 'purchase' AND (`user_session` IS NULL)), CAST(0 AS DECIMAL(38, 2))) AS `revenue_without_session`
FROM TABLE(TUMBLE(TABLE `shop_events_events`, DESCRIPTOR(`event_time`), INTERVAL '1' MINUTE))
GROUP BY `window_start`, `window_end`;

-- One row for each session with a cart event and without a purchase, once it has had no event for the minutes of inactivity. left_in_cart is the amounts of its cart events less those of its removals, never below zero
INSERT INTO `shop_events_abandonment`
SELECT
  CONCAT_WS('|', 'abandonment', CAST(`user_session` AS STRING), CAST(`window_start` AS STRING)) AS `answer_key`,
  CAST(`window_start` AS TIMESTAMP_LTZ(3)) AS `window_start`,
  CAST(`window_end` AS TIMESTAMP_LTZ(3)) AS `window_end`,
  `user_session` AS `session`,
  COUNT(*) AS `events`,
  COUNT(*) FILTER (WHERE `event_type` = 'cart') AS `carts`,
  CASE WHEN COALESCE(SUM(CAST(`price` AS DECIMAL(38, 2))) FILTER (WHERE `event_type` = 'cart'), CAST(0 AS DECIMAL(38, 2))) > COALESCE(SUM(CAST(`price` AS DECIMAL(38, 2))) FILTER (WHERE `event_type` = 'remove_from_cart'), CAST(0 AS DECIMAL(38, 2))) THEN CAST(COALESCE(SUM(CAST(`price` AS DECIMAL(38, 2))) FILTER (WHERE `event_type` = 'cart'), CAST(0 AS DECIMAL(38, 2))) - COALESCE(SUM(CAST(`price` AS DECIMAL(38, 2))) FILTER (WHERE `event_type` = 'remove_from_cart'), CAST(0 AS DECIMAL(38, 2))) AS DECIMAL(38, 2)) ELSE CAST(0 AS DECIMAL(38, 2)) END AS `left_in_cart`
FROM TABLE(SESSION(TABLE `shop_events_in_sessions` PARTITION BY (`user_session`), DESCRIPTOR(`event_time`), INTERVAL '30' MINUTE))
GROUP BY `window_start`, `window_end`, `user_session`
HAVING COUNT(*) FILTER (WHERE `event_type` = 'cart') > 0 AND COUNT(*) FILTER (WHERE `event_type` = 'purchase') = 0;

-- One row for each time that a session has an event of every step, one after the other, within the minutes: the time of the first event of each step, and how many events there were in between
INSERT INTO `shop_events_funnel`
SELECT
  CONCAT_WS('|', 'funnel', CAST(`user_session` AS STRING), CAST(`view_time` AS STRING)) AS `answer_key`,
  `user_session` AS `session`,
  CAST(`view_time` AS TIMESTAMP_LTZ(3)) AS `view_time`,
  CAST(`cart_time` AS TIMESTAMP_LTZ(3)) AS `cart_time`,
  CAST(`purchase_time` AS TIMESTAMP_LTZ(3)) AS `purchase_time`,
  `between_1` AS `events_before_step_2`,
  `between_2` AS `events_before_step_3`
FROM `shop_events_in_sessions` MATCH_RECOGNIZE (
  PARTITION BY `user_session`
  ORDER BY `event_time`
  MEASURES
    S1.`event_time` AS `view_time`,
    S2.`event_time` AS `cart_time`,
    S3.`event_time` AS `purchase_time`,
    COUNT(G1.`event_time`) AS `between_1`,
    COUNT(G2.`event_time`) AS `between_2`
  ONE ROW PER MATCH
  AFTER MATCH SKIP PAST LAST ROW
  PATTERN (S1 G1* S2 G2* S3) WITHIN INTERVAL '30' MINUTE
  DEFINE
    S1 AS S1.`event_type` = 'view',
    S2 AS S2.`event_type` = 'cart',
    S3 AS S3.`event_type` = 'purchase',
    G1 AS (G1.`event_type` = 'cart') IS NOT TRUE,
    G2 AS (G2.`event_type` = 'purchase') IS NOT TRUE
);

-- One row for each actor with more events in a window of a few seconds than the threshold
INSERT INTO `shop_events_many_actions`
SELECT
  CONCAT_WS('|', 'many-actions', CAST(`user_id` AS STRING), CAST(`window_start` AS STRING)) AS `answer_key`,
  CAST(`window_start` AS TIMESTAMP_LTZ(3)) AS `window_start`,
  CAST(`window_end` AS TIMESTAMP_LTZ(3)) AS `window_end`,
  `user_id` AS `actor`,
  COUNT(*) AS `actions`,
  CAST(10 AS BIGINT) AS `threshold`
FROM TABLE(TUMBLE(TABLE `shop_events_events`, DESCRIPTOR(`event_time`), INTERVAL '10' SECOND))
WHERE `user_id` IS NOT NULL
GROUP BY `window_start`, `window_end`, `user_id`
HAVING COUNT(*) > 10;

-- One row for each minute, and each action, with more events than the mean of the minutes before it by so many standard deviations. The deviation is at least that of chance (the root of the mean), and there have to be enough minutes and events
INSERT INTO `shop_events_anomaly`
SELECT
  CONCAT_WS('|', 'anomaly', CAST(`event_type` AS STRING), CAST(`window_start` AS STRING)) AS `answer_key`,
  CAST(`window_start` AS TIMESTAMP_LTZ(3)) AS `window_start`,
  CAST(`window_end` AS TIMESTAMP_LTZ(3)) AS `window_end`,
  `event_type` AS `action`,
  `events` AS `seen`,
  CAST(`sum_of` - `events` AS DOUBLE) / CAST(`minutes_of` - 1 AS DOUBLE) AS `expected`,
  `minutes_of` - 1 AS `minutes_before`
FROM (
  SELECT *,
    COUNT(*) OVER `before` AS `minutes_of`,
    SUM(`events`) OVER `before` AS `sum_of`,
    SUM(`events` * `events`) OVER `before` AS `squares_of`
  FROM (
    SELECT `window_start`, `window_end`, `window_time`, `event_type`, COUNT(*) AS `events`
    FROM TABLE(TUMBLE(TABLE `shop_events_events`, DESCRIPTOR(`event_time`), INTERVAL '1' MINUTE))
    GROUP BY `window_start`, `window_end`, `window_time`, `event_type`
  )
  WINDOW `before` AS (PARTITION BY `event_type` ORDER BY `window_time` ROWS BETWEEN 60 PRECEDING AND CURRENT ROW)
)
WHERE `minutes_of` > 10 AND `events` >= 20
  AND CAST(`events` AS DOUBLE) * CAST(`minutes_of` - 1 AS DOUBLE) > CAST(`sum_of` - `events` AS DOUBLE)
  AND (CAST(`events` AS DOUBLE) * CAST(`minutes_of` - 1 AS DOUBLE) - CAST(`sum_of` - `events` AS DOUBLE)) * (CAST(`events` AS DOUBLE) * CAST(`minutes_of` - 1 AS DOUBLE) - CAST(`sum_of` - `events` AS DOUBLE)) > 36 * CASE WHEN (CAST(`minutes_of` - 1 AS DOUBLE) * CAST(`squares_of` - `events` * `events` AS DOUBLE) - CAST(`sum_of` - `events` AS DOUBLE) * CAST(`sum_of` - `events` AS DOUBLE)) > (CAST(`sum_of` - `events` AS DOUBLE) * CAST(`minutes_of` - 1 AS DOUBLE)) THEN (CAST(`minutes_of` - 1 AS DOUBLE) * CAST(`squares_of` - `events` * `events` AS DOUBLE) - CAST(`sum_of` - `events` AS DOUBLE) * CAST(`sum_of` - `events` AS DOUBLE)) ELSE (CAST(`sum_of` - `events` AS DOUBLE) * CAST(`minutes_of` - 1 AS DOUBLE)) END;
END;
