CREATE TABLE "public"."shop_events" (
  "event_time" timestamp(3) NOT NULL,
  "event_type" text COLLATE "C" NOT NULL,
  "product_id" bigint NOT NULL,
  "category_code" text COLLATE "C",
  "price" numeric(10,2) NOT NULL,
  "exchange_rate" numeric(24,12),
  "quantity" integer NOT NULL,
  "discount_share" double precision,
  "gift" boolean,
  "delivery_day" date,
  "device" text COLLATE "C",
  "user_id" bigint NOT NULL,
  "user_session" text COLLATE "C",
  "email" text COLLATE "C",
  "dt" date GENERATED ALWAYS AS ("event_time"::date) STORED NOT NULL,
  PRIMARY KEY ("event_time", "event_type", "product_id", "user_id")
);
CREATE INDEX ON "public"."shop_events" ("dt");
CREATE INDEX ON "public"."shop_events" ("user_id", "event_time");
COMMENT ON TABLE "public"."shop_events" IS 'What shoppers did in the store: one row per event, the store''s own clock';
COMMENT ON COLUMN "public"."shop_events"."event_time" IS 'When it happened (UTC)';
COMMENT ON COLUMN "public"."shop_events"."event_type" IS 'What happened';
COMMENT ON COLUMN "public"."shop_events"."product_id" IS 'Product';
COMMENT ON COLUMN "public"."shop_events"."category_code" IS 'Category path | such as electronics.smartphone';
COMMENT ON COLUMN "public"."shop_events"."price" IS 'Price paid (unit: EUR)';
COMMENT ON COLUMN "public"."shop_events"."user_id" IS 'Permanent user id (PII: pseudonymous)';
COMMENT ON COLUMN "public"."shop_events"."user_session" IS 'Session (PII: pseudonymous)';
COMMENT ON COLUMN "public"."shop_events"."email" IS 'PII: direct';
COMMENT ON COLUMN "public"."shop_events"."dt" IS 'UTC day of event_time';
