CREATE TABLE "shop"."shop_events__raw_csv" (
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
  "email" varchar COMMENT 'PII: direct'
)
COMMENT 'Raw CSV files of shop_events, as they land'
WITH (
  external_location = 's3://shop-lake/events/shop_events__raw_csv/',
  format = 'CSV',
  csv_separator = ',',
  csv_quote = '"',
  csv_escape = U&'\007f',
  skip_header_line_count = 1
)
