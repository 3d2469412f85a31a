CREATE TABLE "shop"."shop_events__raw_json" (
  "event_time" varchar COMMENT 'When it happened (UTC)',
  "timestamp" varchar COMMENT 'Another name of event_time',
  "occurred_at" varchar COMMENT 'Another name of event_time',
  "event_type" varchar COMMENT 'What happened',
  "action" varchar COMMENT 'Another name of event_type',
  "product_id" varchar COMMENT 'Product',
  "sku" varchar COMMENT 'Another name of product_id',
  "category_code" varchar COMMENT 'Category path | such as electronics.smartphone',
  "price" varchar COMMENT 'Price paid (unit: EUR)',
  "exchange_rate" varchar,
  "quantity" varchar,
  "discount_share" varchar,
  "gift" varchar,
  "delivery_day" varchar,
  "device" varchar,
  "user_id" varchar COMMENT 'Permanent user id (PII: pseudonymous)',
  "visitor" varchar COMMENT 'Another name of user_id (PII: pseudonymous)',
  "user_session" varchar COMMENT 'Session (PII: pseudonymous)',
  "email" varchar COMMENT 'PII: direct'
)
COMMENT 'Raw JSON files of shop_events, as they land'
WITH (
  external_location = 's3://shop-lake/events/shop_events__raw_json/',
  format = 'JSON'
)
