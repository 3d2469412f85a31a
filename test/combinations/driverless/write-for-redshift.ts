// A program that writes the SQL of metrics for Redshift and for PostgreSQL, and runs none: it has no driver at all.
import assert from 'node:assert/strict';
import { createLake, metricQuery, topBrands } from '@headwater/queries';
import { postgresEngine } from '@headwater/queries/postgres';
import { redshiftEngine } from '@headwater/queries/redshift';
import { shop } from './shop.js';

const range = { from: '2026-01-01', to: '2026-01-31' };
const textOn = (engine: ReturnType<typeof redshiftEngine>): string =>
  metricQuery(createLake({ tables: [shop], engine }).shop, topBrands, { ...range, limit: 3 }).sql;
assert.match(textOn(redshiftEngine()), /count\(case when "action" = \$\d+ then 1 end\)/);
assert.match(
  textOn(postgresEngine({ url: 'postgres://db.example.com/shop' })),
  /count\(\*\) filter\(where "action" = \$\d+\)/,
);
