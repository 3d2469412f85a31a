CREATE TABLE "shop_events" (
  "event_time" TIMESTAMP NOT NULL,
  "event_type" ENUM('view', 'cart', 'remove_from_cart', 'purchase') NOT NULL,
  "product_id" BIGINT NOT NULL,
  "category_code" VARCHAR,
  "price" DECIMAL(10,2) NOT NULL,
  "exchange_rate" DECIMAL(24,12),
  "quantity" INTEGER NOT NULL,
  "discount_share" DOUBLE,
  "gift" BOOLEAN,
  "delivery_day" DATE,
  "device" ENUM('phone', 'tablet''s', 'desktop'),
  "user_id" BIGINT NOT NULL,
  "user_session" UUID,
  "email" VARCHAR
);
COMMENT ON TABLE "shop_events" IS 'What shoppers did in the store: one row per event, the store''s own clock';
COMMENT ON COLUMN "shop_events"."event_time" IS 'When it happened (UTC)';
COMMENT ON COLUMN "shop_events"."event_type" IS 'What happened';
COMMENT ON COLUMN "shop_events"."product_id" IS 'Product';
COMMENT ON COLUMN "shop_events"."category_code" IS 'Category path | such as electronics.smartphone';
COMMENT ON COLUMN "shop_events"."price" IS 'Price paid (unit: EUR)';
COMMENT ON COLUMN "shop_events"."user_id" IS 'Permanent user id (PII: pseudonymous)';
COMMENT ON COLUMN "shop_events"."user_session" IS 'Session (PII: pseudonymous)';
COMMENT ON COLUMN "shop_events"."email" IS 'PII: direct';
