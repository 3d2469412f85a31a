import type { TestSpark } from '@headwater/local-aws/testing';
import { z } from 'zod';
import type { RawRecord, TableSchema } from '../../../src/index.ts';
import {
  type DataTypeTable,
  type FileSchema,
  fieldNames,
  isNumberDecimal,
  mapDataType,
  sparkCleaningSelect,
  sparkRawColumns,
} from '../../../src/internal.ts';
import { codesOf, hexOf, type Outcome, textOf } from './outcome.ts';

const reasonList = z.array(z.object({ column: z.string().nullable(), code: z.string() }));

/** SQL that gives a value as an exact text, where a cast does not. */
const sqlOf: Partial<Record<string, (name: string) => string>> = {
  timestamp: (name) => `unix_micros(${name})`,
};

/** The text of a value that Spark gives as text, as all engines write it. */
const texts = {
  string: () => hexOf,
  enum: () => String,
  boolean: () => String,
  int32: () => String,
  int64: () => String,
  double: () => (text) => textOf(Number(text)) ?? '',
  decimal: (type) => (text) => (isNumberDecimal(type) ? String(Number(text)) : text),
  date: () => String,
  // A value with microseconds is no instant that the others have.
  // A value with microseconds stays as it is: the others have none.
  timestamp: () => (text) =>
    /^0$|000$/.test(text) ? new Date(Number(text.replace(/000$/, ''))).toISOString() : text,
  uuid: () => String,
  list: () => String,
  struct: () => String,
  map: () => String,
} satisfies DataTypeTable<(text: string) => string>;

/** What Spark makes of rows. */
export async function sparkOutcomes(
  spark: TestSpark,
  file: FileSchema,
  records: readonly RawRecord[],
): Promise<Outcome[]> {
  const raw = {
    columns: sparkRawColumns(file),
    rows: records.map((record, place) => [
      ...['0', String(place), null, null],
      ...file.columns.map(
        (column) =>
          fieldNames(column)
            .map((name) => record[name])
            .find((text) => text != null) ?? null,
      ),
    ]),
  };
  const values = file.columns.map(({ type }, index) => sqlOf[type.kind]?.(`v${index}`) ?? `v${index}`);
  const { rows } = await spark.run(
    `SELECT filtered, reasons, nulled, ${values.join(', ')} FROM (${sparkCleaningSelect(file, 'raw')}) ORDER BY place`,
    { raw },
  );
  return rows.map((row) => outcomeOf(file, row));
}

function outcomeOf(
  file: TableSchema,
  [filtered, reasons, nulled, ...values]: readonly (string | null)[],
): Outcome {
  const bad = codes(reasons);
  if (filtered === 'true') return { values: null, reasons: bad, filtered: true };
  if (bad.length > 0) return { values: null, reasons: [...bad, ...kept(file, bad, values)] };
  return {
    values: file.columns.map(({ type }, index) => {
      const value = values[index];
      return value === null || value === undefined
        ? null
        : mapDataType<(text: string) => string>(texts, type)(value);
    }),
    reasons: [],
    nulled: codes(nulled),
  };
}

const codes = (json: string | null | undefined): string[] =>
  codesOf(reasonList.parse(JSON.parse(json ?? 'null')));

/** Bad values that are not null. */
const kept = (file: TableSchema, bad: readonly string[], values: readonly (string | null)[]): string[] =>
  file.columns.flatMap(({ name }, index) =>
    bad.some((reason) => reason.startsWith(`${name}:`)) && values[index] !== null
      ? [`${name} is not null`]
      : [],
  );
