import fc from 'fast-check';
import type { RawRecord } from '../../../src/index.ts';
import { dirtyText } from '../dirty-text.ts';
import { everyType } from '../every-type.ts';

const goodTexts: RawRecord = {
  happened_at: '2019-10-01 00:00:00 UTC',
  kind: 'view',
  id: '2053013552326770905',
  price: '33.20',
  label: 'label',
  fallback: '1',
};

/** A row of {@link everyType} that is good, but for these texts. */
export const rowWith = (texts: RawRecord): RawRecord => ({ ...goodRow, ...texts });

const goodRow = Object.fromEntries(
  everyType.schema.columns.map(({ name }) => [name, goodTexts[name] ?? null]),
);

/** Rows of {@link everyType}, each dirty in a few columns only: no engine would accept a row with many faults. */
export function dirtyRows(count: number, seed: number): RawRecord[] {
  const { columns } = everyType.schema;
  const row = fc.record(
    Object.fromEntries(columns.map((column) => [column.name, dirtyText(column.type, column.steps)])),
  );
  const names = fc.subarray(
    columns.map(({ name }) => name),
    { minLength: 1, maxLength: 3 },
  );
  const mostlyGood = fc
    .tuple(row, names)
    .map(([dirty, some]) => rowWith(Object.fromEntries(some.map((name) => [name, dirty[name] ?? null]))));
  return fc.sample(mostlyGood, { numRuns: count, seed });
}
