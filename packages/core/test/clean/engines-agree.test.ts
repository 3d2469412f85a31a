import { expect, test } from 'vitest';
import { createRecordCleaner, type RawRecord } from '../../src/index.ts';
import type { TextFacts } from '../../src/internal.ts';
import { whiteSpace } from '../../src/table/white-space.ts';
import { edgeColumns, everyTypeTexts } from './cases/edge-columns.ts';
import { edgeTables } from './cases/edge-tables.ts';
import { anyTables } from './engines/any-tables.ts';
import { dirtyRows, rowWith } from './engines/dirty-rows.ts';
import { documentOutcomes } from './engines/document-outcomes.ts';
import { duckdbOutcomes } from './engines/duckdb-outcomes.ts';
import { differences } from './engines/outcome.ts';
import { recordOutcomes } from './engines/record-outcomes.ts';
import { everyType } from './every-type.ts';

const seed = Number(process.env['FUZZ_SEED'] ?? 20191001);

test('the record function, that for documents and the DuckDB SQL agree on 24,000 dirty rows, value by value and code by code', async () => {
  const { schema } = everyType;
  const records = dirtyRows(Number(process.env['FUZZ_ROWS'] ?? 24_000), seed);
  const disagreements = async (some: readonly RawRecord[], facts: TextFacts) =>
    differences(schema, some, {
      record: recordOutcomes(schema, some),
      document: documentOutcomes(schema, some),
      duckdb: await duckdbOutcomes(schema, some, facts),
    });
  expect(await disagreements(records, {})).toEqual([]);
  // Where no text has another white space than the space, the shorter way must mean the same.
  const others = new RegExp(`[${String.fromCharCode(...whiteSpace.filter((point) => point !== 0x20))}]`, 'g');
  const spaced = records.map((record) =>
    Object.fromEntries(Object.entries(record).map(([name, text]) => [name, text?.replace(others, ' ')])),
  );
  expect(await disagreements(spaced, { spacesOnly: true })).toEqual([]);
  const outcomes = recordOutcomes(schema, records);
  const accepted = outcomes.filter((outcome) => outcome.values).length;
  expect(outcomes.filter(({ nulled = [] }) => nulled.length > 0).length).toBeGreaterThan(records.length / 30);
  expect(accepted).toBeGreaterThan(records.length / 8);
  expect(accepted).toBeLessThan((records.length * 4) / 5);
  // What cleaning accepts is a row to the definition itself.
  const clean = createRecordCleaner(schema);
  const unlike = records.flatMap((record) => {
    const result = clean(record);
    const row = result.accepted ? everyType.row.safeParse(result.row) : undefined;
    return row?.success === false ? [{ record, error: row.error.message }] : [];
  });
  expect(unlike).toEqual([]);
});

test('they agree on any definition', async () => {
  for (const { schema, records } of anyTables(30, seed)) {
    const outcomes = {
      record: recordOutcomes(schema, records),
      document: documentOutcomes(schema, records),
      duckdb: await duckdbOutcomes(schema, records),
    };
    const found = differences(schema, records, outcomes);
    // The definition that they differ on comes with them.
    expect(found.map((difference) => ({ ...difference, columns: schema.columns }))).toEqual([]);
  }
});

test('they agree on every hand-written edge', async () => {
  const tables = [
    { schema: everyType.schema, records: everyTypeTexts.map(([name, text]) => rowWith({ [name]: text })) },
    ...edgeTables(edgeColumns, 25),
  ];
  for (const { schema, records } of tables) {
    const outcomes = {
      record: recordOutcomes(schema, records),
      document: documentOutcomes(schema, records),
      duckdb: await duckdbOutcomes(schema, records),
    };
    expect(differences(schema, records, outcomes)).toEqual([]);
  }
});
