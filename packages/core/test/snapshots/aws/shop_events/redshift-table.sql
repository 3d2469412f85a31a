CREATE TABLE "public"."shop_events" (
  "event_time" timestamp NOT NULL ENCODE RAW,
  "event_type" varchar(16) NOT NULL ENCODE ZSTD,
  "product_id" bigint NOT NULL ENCODE AZ64,
  "category_code" varchar(65535) ENCODE ZSTD,
  "price" numeric(10,2) NOT NULL ENCODE AZ64,
  "exchange_rate" numeric(24,12) ENCODE AZ64,
  "quantity" integer NOT NULL ENCODE AZ64,
  "discount_share" double precision ENCODE ZSTD,
  "gift" boolean ENCODE ZSTD,
  "delivery_day" date ENCODE AZ64,
  "device" varchar(8) ENCODE ZSTD,
  "user_id" bigint NOT NULL ENCODE AZ64,
  "user_session" varchar(36) ENCODE ZSTD,
  "email" varchar(1016) ENCODE ZSTD,
  "dt" date NOT NULL ENCODE AZ64
)
DISTSTYLE KEY DISTKEY ("user_id")
SORTKEY ("event_time");
COMMENT ON TABLE "public"."shop_events" IS 'What shoppers did in the store: one row per event, the store''s own clock';
COMMENT ON COLUMN "public"."shop_events"."event_time" IS 'When it happened (UTC)';
COMMENT ON COLUMN "public"."shop_events"."event_type" IS 'What happened';
COMMENT ON COLUMN "public"."shop_events"."product_id" IS 'Product';
COMMENT ON COLUMN "public"."shop_events"."category_code" IS 'Category path | such as electronics.smartphone';
COMMENT ON COLUMN "public"."shop_events"."price" IS 'Price paid (unit: EUR)';
COMMENT ON COLUMN "public"."shop_events"."user_id" IS 'Permanent user id (PII: pseudonymous)';
COMMENT ON COLUMN "public"."shop_events"."user_session" IS 'Session (PII: pseudonymous)';
COMMENT ON COLUMN "public"."shop_events"."email" IS 'PII: direct';
