CREATE TABLE "public"."by_kind" (
  "at" timestamp NOT NULL ENCODE RAW,
  "kind" varchar(16) NOT NULL ENCODE ZSTD,
  "product_id" bigint NOT NULL ENCODE AZ64,
  "session" varchar(36) ENCODE ZSTD,
  "dt" date NOT NULL ENCODE AZ64
)
DISTSTYLE AUTO
SORTKEY ("at");
COMMENT ON TABLE "public"."by_kind" IS 'Partitioned by day, hour and kind';
COMMENT ON COLUMN "public"."by_kind"."kind" IS 'What happened';
