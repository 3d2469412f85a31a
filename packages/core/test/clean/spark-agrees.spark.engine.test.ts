import { useSpark } from '@headwater/local-aws/testing';
import { expect, test } from 'vitest';
import { sparkSettings } from '../../src/internal.ts';
import { anyTables } from './engines/any-tables.ts';
import { dirtyRows } from './engines/dirty-rows.ts';
import { duckdbOutcomes } from './engines/duckdb-outcomes.ts';
import { differences } from './engines/outcome.ts';
import { recordOutcomes } from './engines/record-outcomes.ts';
import { sparkOutcomes } from './engines/spark-outcomes.ts';
import { everyType } from './every-type.ts';

const settings = Object.entries(sparkSettings).map(([name, { value }]) => [name, value]);
const spark = useSpark(Object.fromEntries(settings));
const seed = Number(process.env['FUZZ_SEED'] ?? 20191001);

test('the record function, DuckDB and Spark agree on 24,000 dirty rows', async () => {
  const { schema } = everyType;
  const records = dirtyRows(Number(process.env['FUZZ_ROWS'] ?? 24_000), seed);
  const outcomes = {
    record: recordOutcomes(schema, records),
    duckdb: await duckdbOutcomes(schema, records),
    spark: await sparkOutcomes(spark, schema, records),
  };
  expect(differences(schema, records, outcomes)).toEqual([]);
});

test('they agree on any definition', async () => {
  for (const { schema, records } of anyTables(12, seed, { columns: 12, texts: 40 })) {
    const outcomes = {
      record: recordOutcomes(schema, records),
      duckdb: await duckdbOutcomes(schema, records),
      spark: await sparkOutcomes(spark, schema, records),
    };
    const found = differences(schema, records, outcomes);
    expect(found.map((difference) => ({ ...difference, columns: schema.columns }))).toEqual([]);
  }
});
