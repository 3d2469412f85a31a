CREATE TABLE "shop"."shop_events" (
  "event_time" timestamp(3) COMMENT 'When it happened (UTC)',
  "event_type" varchar COMMENT 'What happened',
  "product_id" bigint COMMENT 'Product',
  "category_code" varchar COMMENT 'Category path | such as electronics.smartphone',
  "price" decimal(10,2) COMMENT 'Price paid (unit: EUR)',
  "exchange_rate" decimal(24,12),
  "quantity" integer,
  "discount_share" double,
  "gift" boolean,
  "delivery_day" date,
  "device" varchar,
  "user_id" bigint COMMENT 'Permanent user id (PII: pseudonymous)',
  "user_session" varchar COMMENT 'Session (PII: pseudonymous)',
  "email" varchar COMMENT 'PII: direct',
  "visitor" bigint COMMENT 'Former name of user_id, in older files (PII: pseudonymous)',
  "dt" varchar COMMENT 'UTC day, YYYY-MM-DD' WITH (partition_projection_type = 'date', partition_projection_format = 'yyyy-MM-dd', partition_projection_range = ARRAY['2019-10-01', 'NOW+1DAYS'], partition_projection_interval = 1, partition_projection_interval_unit = 'DAYS'),
  "hour" integer COMMENT 'UTC hour, 0 to 23' WITH (partition_projection_type = 'integer', partition_projection_range = ARRAY['0', '23'], partition_projection_digits = 2)
)
COMMENT 'What shoppers did in the store: one row per event, the store''s own clock'
WITH (
  external_location = 's3://shop-lake/events/shop_events/',
  format = 'PARQUET',
  partitioned_by = ARRAY['dt', 'hour'],
  partition_projection_enabled = true,
  partition_projection_location_template = 's3://shop-lake/events/shop_events/dt=${dt}/hour=${hour}/'
)
