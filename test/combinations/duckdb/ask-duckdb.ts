// A program that asks a lake in a folder, by DuckDB in its own process: it has neither the AWS SDK nor Arrow.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { isHeadwaterError } from '@headwater/core';
import { createLake, dailyVisitors, metricQuery, runMetric } from '@headwater/queries';
import { DuckdbDialect, duckdbEngine } from '@headwater/queries/duckdb';
import { Kysely, sql } from 'kysely';
import { shop } from './shop.js';

const range = { from: '2026-01-01', to: '2026-01-31' };
const folder = mkdtempSync(join(tmpdir(), 'headwater-no-lake-'));
await using lake = createLake({ tables: [shop], engine: duckdbEngine({ lake: folder }) });
assert.match(metricQuery(lake.shop, dailyVisitors, range).sql, /"shop"\."dt" >= date '2025-12-31'/);
await assert.rejects(runMetric(lake.shop, dailyVisitors, range), (error) =>
  isHeadwaterError(error, 'LAKE_NOT_FOUND'),
);
rmSync(folder, { recursive: true });

// DuckDB itself runs: the dialect over a database of the user's own.
const instance = await DuckDBInstance.create(':memory:');
const database = {
  connect: () => instance.connect(),
  queryError: (_: string, error: unknown) => error,
  close: () => {},
};
const db = new Kysely<object>({ dialect: new DuckdbDialect({ open: async () => database }) });
const { rows } = await sql<{ n: number }>`select ${41} + 1 as n`.execute(db);
assert.deepEqual(rows, [{ n: 42 }]);
instance.closeSync();
