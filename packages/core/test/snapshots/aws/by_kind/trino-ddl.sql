CREATE TABLE "shop"."by_kind" (
  "at" timestamp(3),
  "product_id" bigint,
  "session" varchar,
  "dt" varchar COMMENT 'UTC day, YYYY-MM-DD' WITH (partition_projection_type = 'date', partition_projection_format = 'yyyy-MM-dd', partition_projection_range = ARRAY['2019-10-01', 'NOW+1DAYS'], partition_projection_interval = 1, partition_projection_interval_unit = 'DAYS'),
  "hour" integer COMMENT 'UTC hour, 0 to 23' WITH (partition_projection_type = 'integer', partition_projection_range = ARRAY['0', '23'], partition_projection_digits = 2),
  "kind" varchar COMMENT 'What happened' WITH (partition_projection_type = 'enum', partition_projection_values = ARRAY['view', 'cart', 'remove_from_cart', 'purchase'])
)
COMMENT 'Partitioned by day, hour and kind'
WITH (
  external_location = 's3://shop-lake/events/by_kind/',
  format = 'PARQUET',
  partitioned_by = ARRAY['dt', 'hour', 'kind'],
  partition_projection_enabled = true,
  partition_projection_location_template = 's3://shop-lake/events/by_kind/dt=${dt}/hour=${hour}/kind=${kind}/'
)
