import { useSpark } from '@headwater/local-aws/testing';
import { expect, test } from 'vitest';
import type { RawRecord, TableSchema } from '../../src/index.ts';
import { sparkSettings } from '../../src/internal.ts';
import { edgeColumns, everyTypeTexts } from './cases/edge-columns.ts';
import { edgeTables } from './cases/edge-tables.ts';
import { anyTables } from './engines/any-tables.ts';
import { dirtyRows, rowWith } from './engines/dirty-rows.ts';
import { duckdbOutcomes } from './engines/duckdb-outcomes.ts';
import { differences } from './engines/outcome.ts';
import { recordOutcomes } from './engines/record-outcomes.ts';
import { sparkOutcomes } from './engines/spark-outcomes.ts';
import { everyType } from './every-type.ts';

const settings = Object.entries(sparkSettings).map(([name, { value }]) => [name, value]);
const spark = useSpark(Object.fromEntries(settings));
const seed = Number(process.env['FUZZ_SEED'] ?? 20191001);

/** The rows on which the three engines differ, with the definition. */
async function disagreements(schema: TableSchema, records: readonly RawRecord[]): Promise<object[]> {
  const found = differences(schema, records, {
    record: recordOutcomes(schema, records),
    duckdb: await duckdbOutcomes(schema, records),
    spark: await sparkOutcomes(spark, schema, records),
  });
  return found.map((difference) => ({ ...difference, columns: schema.columns }));
}

/**
 * Without generated Java, an expression is evaluated by the code that Spark falls back to for expressions that are too large. It starts
 * faster, so it is used for many definitions of few rows.
 */
async function withoutCodegen(run: () => Promise<void>): Promise<void> {
  await spark.run('SET spark.sql.codegen.factoryMode = NO_CODEGEN');
  await spark.run('SET spark.sql.codegen.wholeStage = false');
  try {
    await run();
  } finally {
    await spark.run('SET spark.sql.codegen.factoryMode = FALLBACK');
    await spark.run('SET spark.sql.codegen.wholeStage = true');
  }
}

test('the record function, DuckDB and Spark agree on dirty rows, value by value and code by code', async () => {
  const records = dirtyRows(Number(process.env['FUZZ_ROWS'] ?? 20_000), seed);
  expect(await disagreements(everyType.schema, records)).toEqual([]);
});

test('they agree on every text that is spelled for a test, in every column', async () => {
  const records = everyTypeTexts.map(([name, text]) => rowWith({ [name]: text }));
  expect(await disagreements(everyType.schema, records)).toEqual([]);
});

test('they agree on every hand-written edge', async () => {
  await withoutCodegen(async () => {
    for (const { schema, records } of edgeTables(edgeColumns, 25))
      expect(await disagreements(schema, records)).toEqual([]);
  });
});

test('they agree on any definition', async () => {
  const count = Number(process.env['HEADWATER_SPARK_TABLES'] ?? 8);
  await withoutCodegen(async () => {
    for (const { schema, records } of anyTables(count, seed, { columns: 12, texts: 40 }))
      expect(await disagreements(schema, records)).toEqual([]);
  });
});
