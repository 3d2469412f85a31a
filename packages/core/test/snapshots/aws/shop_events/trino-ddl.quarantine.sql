CREATE TABLE "shop"."shop_events__quarantine" (
  "source" varchar COMMENT 'The input file of the row',
  "line" bigint COMMENT 'The line in the input; null for formats without lines',
  "raw" varchar COMMENT 'The raw text of the row (PII: direct)',
  "record" map(varchar, varchar) COMMENT 'The raw texts by column; null for a line that could not be split (PII: direct)',
  "reasons" array(row("column" varchar, "code" varchar)) COMMENT 'Why the row was rejected; the column is null when the line itself is broken',
  "schema_version" varchar COMMENT 'Fingerprint of the definition that rejected the row',
  "run_id" varchar COMMENT 'The run that rejected the row',
  "dt" varchar COMMENT 'UTC day of the run, YYYY-MM-DD' WITH (partition_projection_type = 'date', partition_projection_format = 'yyyy-MM-dd', partition_projection_range = ARRAY['2019-10-01', 'NOW+1DAYS'], partition_projection_interval = 1, partition_projection_interval_unit = 'DAYS')
)
COMMENT 'Rows that loads of shop_events rejected'
WITH (
  external_location = 's3://shop-lake/events/shop_events__quarantine/',
  format = 'PARQUET',
  partitioned_by = ARRAY['dt'],
  partition_projection_enabled = true,
  partition_projection_location_template = 's3://shop-lake/events/shop_events__quarantine/dt=${dt}/'
)
