CREATE TABLE "shop"."every_kind" (
  "happened_at" timestamp(3) COMMENT 'Line one line two',
  "text" varchar COMMENT 'It''s a text \ with "quotes", `ticks`; and -- more (PII: direct)',
  "order" varchar COMMENT 'A reserved word',
  "flag" boolean,
  "small" integer,
  "large" bigint COMMENT 'PII: pseudonymous',
  "share" double COMMENT 'unit: %',
  "price" decimal(10,2) COMMENT 'Long: 🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒…',
  "wide" decimal(38,10),
  "day" date,
  "session" varchar COMMENT 'PII: pseudonymous',
  "dt" varchar COMMENT 'UTC day, YYYY-MM-DD' WITH (partition_projection_type = 'date', partition_projection_format = 'yyyy-MM-dd', partition_projection_range = ARRAY['2019-10-01', 'NOW+1DAYS'], partition_projection_interval = 1, partition_projection_interval_unit = 'DAYS')
)
COMMENT 'Every kind, once; it''s a table
of two lines'
WITH (
  external_location = 's3://shop-lake/events/every_kind/',
  format = 'PARQUET',
  partitioned_by = ARRAY['dt'],
  partition_projection_enabled = true,
  partition_projection_location_template = 's3://shop-lake/events/every_kind/dt=${dt}/'
)
