import { DuckDBInstance } from '@duckdb/node-api';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type CleaningStep,
  type CleanValue,
  type Column,
  createRecordCleaner,
  defineEvents,
  duckdbCleaningSelect,
  type RawRecord,
  type TableSchema,
  timestamp,
} from '../../src/index.ts';
import { isNumberDecimal, quoteName, type TextFacts } from '../../src/internal.ts';
import { whiteSpace } from '../../src/table/white-space.ts';
import { anyColumn } from './any-column.ts';
import { dirtyText } from './dirty-text.ts';
import { everyType } from './every-type.ts';

type Outcome = { values: (string | null)[] | null; reasons: string[]; nulled?: string[] };

const codesOf = (list: readonly { readonly column: string | null; readonly code: string }[]): string[] =>
  list.map(({ column, code }) => `${column}:${code}`);

/** The value as a text that both engines write alike. */
function textOf(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  if (Object.is(value, -0)) return 'negative zero';
  return value instanceof Date ? value.toISOString() : String(value);
}

function recordOutcome(
  schema: TableSchema,
  record: RawRecord,
  clean: ReturnType<typeof createRecordCleaner>,
): Outcome {
  const result = clean(record);
  if (!result.accepted) return { values: null, reasons: codesOf(result.reasons) };
  return {
    values: schema.columns.map((column) => comparable(column, result.row[column.name])),
    reasons: [],
    nulled: codesOf(result.nulled ?? []),
  };
}

function comparable(column: Column, value: CleanValue | undefined): string | null {
  if (column.type.kind === 'string' && typeof value === 'string')
    return Buffer.from(value).toString('hex').toUpperCase();
  return textOf(value);
}

async function duckdbOutcomes(
  schema: TableSchema,
  records: readonly RawRecord[],
  facts: TextFacts,
): Promise<Outcome[]> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  try {
    const names = schema.columns.map((column) => column.name);
    await connection.run(
      `CREATE TABLE raw (${names.map((name) => `${quoteName(name)} VARCHAR`).join(', ')})`,
    );
    const appender = await connection.createAppender('raw');
    for (const record of records) {
      for (const name of names) {
        const text = record[name];
        if (text === null || text === undefined) appender.appendNull();
        else appender.appendVarchar(text);
      }
      appender.endRow();
    }
    appender.closeSync();
    // The driver gives decimals as doubles; those too wide for one are read as text.
    const wide = schema.columns.filter(({ type }) => type.kind === 'decimal' && !isNumberDecimal(type));
    // The driver also drops a leading byte-order mark from a text, so texts are compared by their bytes.
    const texts = schema.columns.filter(({ type }) => type.kind === 'string');
    const asText = [
      ...wide.map(({ name }) => `${quoteName(name)}::VARCHAR AS ${quoteName(name)}`),
      ...texts.map(({ name }) => `hex(encode(${quoteName(name)})) AS ${quoteName(name)}`),
    ].join(', ');
    const reader = await connection.runAndReadAll(
      `SELECT *${asText && ` REPLACE (${asText})`} FROM (${duckdbCleaningSelect(schema, 'raw', facts)})`,
    );
    return reader.getRowObjectsJS().map((row) => {
      const reasons = row['reasons'] as { column: string; code: string }[];
      if (reasons.length > 0) return { values: null, reasons: [...codesOf(reasons), ...kept(row, reasons)] };
      return {
        values: schema.columns.map((column) => duckdbText(column.type.kind, row[column.name])),
        reasons: [],
        nulled: codesOf((row['nulled'] ?? []) as { column: string; code: string }[]),
      };
    });
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

/** Bad values that are not null: a load tells bad rows by them, and not by the reasons. */
const kept = (row: Record<string, unknown>, bad: readonly { readonly column: string }[]): string[] =>
  bad.flatMap(({ column }) => (row[column] === null ? [] : [`${column} is not null`]));

function duckdbText(kind: string, value: unknown): string | null {
  if (kind === 'date' && value instanceof Date) return value.toISOString().slice(0, 10);
  // DuckDB writes no zero before the point of a decimal that has no place for one.
  if (kind === 'decimal' && typeof value === 'string') return value.replace(/^(-?)\./, '$10.');
  return textOf(value);
}

test('the record function and the DuckDB SQL agree on 24,000 dirty rows, value by value and code by code', async () => {
  const { schema } = everyType;
  const row = fc.record(
    Object.fromEntries(schema.columns.map((column) => [column.name, dirtyText(column.type, column.steps)])),
  );
  // Each row is dirty in a few columns only: a row with many faults would never be accepted by either engine.
  const good = Object.fromEntries(
    schema.columns.map((column) => [column.name, goodTexts[column.name] ?? null]),
  );
  const mostlyGood = fc
    .tuple(
      row,
      fc.subarray(
        schema.columns.map((column) => column.name),
        { minLength: 1, maxLength: 3 },
      ),
    )
    .map(([dirty, names]) => ({
      ...good,
      ...Object.fromEntries(names.map((name) => [name, dirty[name] ?? null])),
    }));
  const seed = Number(process.env['FUZZ_SEED'] ?? 20191001);
  const records = fc.sample(mostlyGood, { numRuns: Number(process.env['FUZZ_ROWS'] ?? 24_000), seed });

  const clean = createRecordCleaner(schema);
  const differences = async (some: readonly RawRecord[], facts: TextFacts) => {
    const actual = await duckdbOutcomes(schema, some, facts);
    return some.flatMap((record, index) => {
      const outcome = recordOutcome(schema, record, clean);
      return JSON.stringify(outcome) === JSON.stringify(actual[index])
        ? []
        : [{ record, record_function: outcome, duckdb: actual[index] }];
    });
  };
  expect((await differences(records, {})).slice(0, 5)).toEqual([]);
  // Where no text has another white space than the space, the shorter way must mean the same.
  const others = new RegExp(`[${String.fromCharCode(...whiteSpace.filter((point) => point !== 0x20))}]`, 'g');
  const spaced = records.map((record) =>
    Object.fromEntries(Object.entries(record).map(([name, text]) => [name, text?.replace(others, ' ')])),
  );
  expect((await differences(spaced, { spacesOnly: true })).slice(0, 5)).toEqual([]);
  const outcomes = records.map((record) => recordOutcome(schema, record, clean));
  const accepted = outcomes.filter((outcome) => outcome.values).length;
  expect(outcomes.filter(({ nulled = [] }) => nulled.length > 0).length).toBeGreaterThan(records.length / 30);
  expect(accepted).toBeGreaterThan(records.length / 8);
  expect(accepted).toBeLessThan((records.length * 4) / 5);
  // What cleaning accepts is a row to the definition itself.
  const unlike = records.flatMap((record) => {
    const result = clean(record);
    const row = result.accepted ? everyType.row.safeParse(result.row) : undefined;
    return row?.success === false ? [{ record, error: row.error.message }] : [];
  });
  expect(unlike).toEqual([]);
});

test('they agree on any definition', async () => {
  const seed = Number(process.env['FUZZ_SEED'] ?? 20191001);
  const shapes = fc.sample(fc.array(anyColumn, { minLength: 5, maxLength: 5 }), { numRuns: 30, seed });
  for (const types of shapes) {
    const columns = Object.fromEntries(types.map((type, index) => [`c${index}`, type]));
    const roles = { time: 'at' } as const;
    const { schema } = defineEvents('events', { columns: { at: timestamp(), ...columns }, roles });
    // Each row has a text in one column only, so that it is judged alone.
    const records = schema.columns.slice(1).flatMap(({ name, type, steps }) => {
      const texts = fc.oneof(
        dirtyText(type, steps),
        fc.constantFrom(...near(steps)),
        fc.string({ maxLength: 9 }),
      );
      const some = fc.sample(texts, { numRuns: 60, seed });
      return some.map((text) => ({ at: '2019-10-01 00:00:00', [name]: text }));
    });
    const clean = createRecordCleaner(schema);
    const actual = await duckdbOutcomes(schema, records, {});
    const differences = records.flatMap((record, index) => {
      const outcome = recordOutcome(schema, record, clean);
      return JSON.stringify(outcome) === JSON.stringify(actual[index])
        ? []
        : [{ record, record_function: outcome, duckdb: actual[index], columns: schema.columns }];
    });
    expect(differences.slice(0, 3)).toEqual([]);
  }
});

/** Texts at the bounds of a column and beside them, values of its enum, and texts that steps change. */
function near(steps: readonly CleaningStep[]): string[] {
  const bounds = steps.flatMap((step) =>
    step.step === 'range' ? [step.minimum, step.maximum].flatMap((bound) => bound?.value ?? []) : [],
  );
  const values = steps.flatMap((step) => (step.step === 'one-of' ? step.values : []));
  return [
    ...bounds.flatMap((bound) => [bound, `${bound}1`, `-${bound}`, bound.replace(/\d$/, '0')]),
    ...bounds.map((bound) => bound.replace('T', ' ').replace('Z', '')),
    ...values.flatMap((value) => [value, ` ${value}`, value.toUpperCase()]),
    ...['', ' ', '\u00a0', '\u2003', '\ufeff', '😀😀', 'AB'],
  ];
}

const goodTexts: Record<string, string> = {
  happened_at: '2019-10-01 00:00:00 UTC',
  kind: 'view',
  id: '2053013552326770905',
  price: '33.20',
  label: 'label',
  fallback: '1',
};
