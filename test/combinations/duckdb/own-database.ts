// Kysely's dialect over a DuckDB of the program's own.
import assert from 'node:assert/strict';
import { DuckDBInstance } from '@duckdb/node-api';
import { DuckdbDialect } from '@headwater/queries/duckdb';
import { Kysely, sql } from 'kysely';

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
