import type { z } from 'zod';
import {
  createRecordCleaner,
  defineEvents,
  type RawRecord,
  type TableSchema,
  timestamp,
} from '../../../src/index.ts';
import type { EdgeColumn } from './edge-columns.ts';

const at = '2019-10-01 00:00:00';

function tableOf(types: readonly z.ZodType[]): TableSchema {
  const columns = Object.fromEntries(types.map((type, index) => [`c${index}`, type]));
  return defineEvents('edges', { columns: { at: timestamp(), ...columns }, roles: { time: 'at' } }).schema;
}

/**
 * Tables of edge columns. Each row has a text of one column, and in the others a text that is good there, so that it is judged by
 * the one; a column without a good text is rejected in every row.
 *
 * @param width the number of columns of a table
 */
export function* edgeTables(
  columns: readonly EdgeColumn[],
  width: number,
): Generator<{ readonly schema: TableSchema; readonly records: readonly RawRecord[] }> {
  for (let first = 0; first < columns.length; first += width) {
    const some = columns.slice(first, first + width);
    const goodTexts = Object.fromEntries(
      some.map((column, index) => [`c${index}`, goodText(column) ?? null]),
    );
    const records = some.flatMap(({ texts }, index) =>
      texts.map((text) => ({ at, ...goodTexts, [`c${index}`]: text })),
    );
    yield { schema: tableOf(some.map(({ type }) => type)), records };
  }
}

function goodText({ type, texts }: EdgeColumn): string | undefined {
  const clean = createRecordCleaner(tableOf([type]));
  return texts.find((text) => clean({ at, c0: text }).accepted);
}
