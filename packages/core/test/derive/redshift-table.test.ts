import { expect, test } from 'vitest';
import { z } from 'zod';
import {
  defineEvents,
  deriveRedshiftCopy,
  deriveRedshiftExternalSchema,
  deriveRedshiftStream,
  deriveRedshiftTable,
  timestamp,
} from '../../src/index.ts';
import { testTarget } from './aws-test-target.ts';
import { shopEvents } from './shop-events.ts';

const { schema } = shopEvents;

test('texts are as wide as the definition lets them be', () => {
  const ddl = deriveRedshiftTable(schema);
  expect(ddl).toContain('"email" varchar(1016)');
  expect(ddl).toContain('"event_type" varchar(16) NOT NULL');
  expect(ddl).toContain('"category_code" varchar(65535)');
  expect(ddl).toContain('"user_session" varchar(36)');
});

test('COPY names the columns of the files in their order, and the day is replaced', () => {
  const columns = schema.columns.map(({ name }) => `"${name}"`).join(', ');
  expect(deriveRedshiftCopy(schema, testTarget, { day: '2019-10-01' })).toMatchInlineSnapshot(`
    "BEGIN;
    CREATE TEMP TABLE "shop_events_staging" (
      "event_time" timestamp NOT NULL,
      "event_type" varchar(16) NOT NULL,
      "product_id" bigint NOT NULL,
      "category_code" varchar(65535),
      "price" numeric(10,2) NOT NULL,
      "exchange_rate" numeric(24,12),
      "quantity" integer NOT NULL,
      "discount_share" double precision,
      "gift" boolean,
      "delivery_day" date,
      "device" varchar(8),
      "user_id" bigint NOT NULL,
      "user_session" varchar(36),
      "email" varchar(1016)
    );
    COPY "shop_events_staging" ("event_time", "event_type", "product_id", "category_code", "price", "exchange_rate", "quantity", "discount_share", "gift", "delivery_day", "device", "user_id", "user_session", "email")
    FROM 's3://shop-lake/events/shop_events/dt=2019-10-01/'
    IAM_ROLE 'arn:aws:iam::123456789012:role/headwater-shop-redshift'
    FORMAT AS PARQUET;
    DELETE FROM "public"."shop_events" WHERE "dt" = '2019-10-01';
    INSERT INTO "public"."shop_events" ("event_time", "event_type", "product_id", "category_code", "price", "exchange_rate", "quantity", "discount_share", "gift", "delivery_day", "device", "user_id", "user_session", "email", "dt")
    SELECT "event_time", "event_type", "product_id", "category_code", "price", "exchange_rate", "quantity", "discount_share", "gift", "delivery_day", "device", "user_id", "user_session", "email", TRUNC("event_time") FROM "shop_events_staging";
    DROP TABLE "shop_events_staging";
    COMMIT;
    "
  `);
  expect(deriveRedshiftCopy(schema, testTarget)).toContain(
    `COPY "shop_events_staging" (${columns})\nFROM 's3://shop-lake/events/shop_events/'\n`,
  );
});

test('the lake and a stream are schemas of Redshift', () => {
  expect(deriveRedshiftExternalSchema(testTarget)).toMatchInlineSnapshot(`
    "CREATE EXTERNAL SCHEMA IF NOT EXISTS "shop_lake"
    FROM DATA CATALOG
    DATABASE 'shop'
    REGION 'eu-central-1'
    IAM_ROLE 'arn:aws:iam::123456789012:role/headwater-shop-redshift';
    "
  `);
  const role = 'arn:aws:iam::123456789012:role/streams';
  expect(deriveRedshiftStream(schema, testTarget, { stream: 'shop.events', role })).toMatchInlineSnapshot(`
    "CREATE EXTERNAL SCHEMA IF NOT EXISTS "shop_streams"
    FROM KINESIS
    IAM_ROLE 'arn:aws:iam::123456789012:role/streams';
    CREATE MATERIALIZED VIEW "public"."shop_events_stream"
    AUTO REFRESH YES
    AS SELECT
      approximate_arrival_timestamp,
      partition_key,
      shard_id,
      sequence_number,
      JSON_PARSE(kinesis_data) AS payload
    FROM "shop_streams"."shop.events"
    WHERE CAN_JSON_PARSE(kinesis_data);
    "
  `);
});

test.each([
  [() => deriveRedshiftCopy(schema, testTarget, { day: '2019-02-30' }), 'day 2019-02-30'],
  [() => deriveRedshiftCopy(schema, testTarget, { role: "x' MANIFEST" }), "role x' MANIFEST"],
  [() => deriveRedshiftStream(schema, testTarget, { stream: 'a b' }), 'stream a b'],
  [() => deriveRedshiftTable(schema, { schema: '' }), 'schema ""'],
])('what cannot be is refused: %#', (derive, message) => {
  expect(derive).toThrow(
    expect.objectContaining({ code: 'OPTION_INVALID', message: expect.stringContaining(message) }),
  );
});

test('a column that Redshift has itself is refused', () => {
  const { schema: own } = defineEvents('t', {
    columns: { at: timestamp(), oid: z.int64() },
    roles: { time: 'at' },
  });
  expect(() => deriveRedshiftTable(own)).toThrow('t.oid: Redshift has a column of this name');
});
