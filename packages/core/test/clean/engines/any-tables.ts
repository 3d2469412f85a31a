import fc from 'fast-check';
import {
  type CleaningStep,
  defineEvents,
  type RawRecord,
  type TableSchema,
  timestamp,
} from '../../../src/index.ts';
import { anyColumn } from '../any-column.ts';
import { dirtyText } from '../dirty-text.ts';

/** A definition, and rows near the edges of its columns. */
export interface AnyTable {
  readonly schema: TableSchema;
  readonly records: readonly RawRecord[];
}

/**
 * Random definitions of five columns, with rows for each.
 *
 * @param texts how many rows each column has
 */
export function* anyTables(
  count: number,
  seed: number,
  { columns: width = 5, texts = 60 } = {},
): Generator<AnyTable> {
  const columns = fc.array(anyColumn, { minLength: width, maxLength: width });
  for (const types of fc.sample(columns, { numRuns: count, seed })) {
    const named = Object.fromEntries(types.map((type, index) => [`c${index}`, type]));
    const { schema } = defineEvents('events', {
      columns: { at: timestamp(), ...named },
      roles: { time: 'at' },
    });
    yield { schema, records: rowsOf(schema, texts, seed) };
  }
}

/** Rows that have a text in one column only, so that it is judged alone. */
const rowsOf = ({ columns }: TableSchema, numRuns: number, seed: number): RawRecord[] =>
  columns.slice(1).flatMap(({ name, type, steps }) => {
    const text = fc.oneof(
      dirtyText(type, steps),
      fc.constantFrom(...near(steps)),
      fc.string({ maxLength: 9 }),
    );
    return fc.sample(text, { numRuns, seed }).map((one) => ({ at: '2019-10-01 00:00:00', [name]: one }));
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
