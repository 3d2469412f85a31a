CREATE TABLE "public"."every_kind" (
  "happened_at" timestamp NOT NULL ENCODE RAW,
  "text" varchar(65535) NOT NULL ENCODE ZSTD,
  "order" varchar(3) ENCODE ZSTD,
  "flag" boolean ENCODE ZSTD,
  "small" integer ENCODE AZ64,
  "large" bigint NOT NULL ENCODE AZ64,
  "share" double precision ENCODE ZSTD,
  "price" numeric(10,2) NOT NULL ENCODE AZ64,
  "wide" numeric(38,10) ENCODE AZ64,
  "day" date ENCODE AZ64,
  "session" varchar(36) ENCODE ZSTD,
  "dt" date NOT NULL ENCODE AZ64
)
DISTSTYLE KEY DISTKEY ("large")
SORTKEY ("happened_at");
COMMENT ON TABLE "public"."every_kind" IS 'Every kind, once; it''s a table
of two lines';
COMMENT ON COLUMN "public"."every_kind"."happened_at" IS 'Line one
line two';
COMMENT ON COLUMN "public"."every_kind"."text" IS 'It''s a text \\ with "quotes", `ticks`; and -- more (PII: direct)';
COMMENT ON COLUMN "public"."every_kind"."order" IS 'A reserved word';
COMMENT ON COLUMN "public"."every_kind"."large" IS 'PII: pseudonymous';
COMMENT ON COLUMN "public"."every_kind"."share" IS 'unit: %';
COMMENT ON COLUMN "public"."every_kind"."price" IS 'Long: 🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒🛒';
COMMENT ON COLUMN "public"."every_kind"."session" IS 'PII: pseudonymous';
