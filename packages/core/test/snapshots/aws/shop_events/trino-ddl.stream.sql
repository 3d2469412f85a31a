CREATE TABLE "shop"."shop_events__stream" (
  "event_time" varchar COMMENT 'When it happened (UTC)',
  "event_type" varchar COMMENT 'What happened',
  "product_id" varchar COMMENT 'Product',
  "category_code" varchar COMMENT 'Category path | such as electronics.smartphone',
  "price" varchar COMMENT 'Price paid (unit: EUR)',
  "exchange_rate" varchar,
  "quantity" varchar,
  "discount_share" varchar,
  "gift" varchar,
  "delivery_day" varchar,
  "device" varchar,
  "user_id" varchar COMMENT 'Permanent user id (PII: pseudonymous)',
  "user_session" varchar COMMENT 'Session (PII: pseudonymous)',
  "email" varchar COMMENT 'PII: direct',
  "dt" varchar COMMENT 'The day in the time of the record, YYYY-MM-DD' WITH (partition_projection_type = 'date', partition_projection_format = 'yyyy-MM-dd', partition_projection_range = ARRAY['2019-10-01', 'NOW+1DAYS'], partition_projection_interval = 1, partition_projection_interval_unit = 'DAYS')
)
COMMENT 'Events of shop_events as a delivery stream writes them, before they are in the lake'
WITH (
  external_location = 's3://shop-lake/events/shop_events__stream/records/',
  format = 'PARQUET',
  partitioned_by = ARRAY['dt'],
  partition_projection_enabled = true,
  partition_projection_location_template = 's3://shop-lake/events/shop_events__stream/records/dt=${dt}/'
)
