import type { TableSchema } from '@headwater/core';
import { sparkName } from '@headwater/core/internal';
import { stagedName } from '../staged-name.ts';
import { stagedValues } from './staged-names.ts';
import { rowState } from './staged-sql.ts';

/** How rows are written: which ones, under which names, in which order. */
export interface WritePlan {
  /** The accepted rows, with their folder: all of them, and without those that lost. */
  readonly fresh: string;
  readonly freshKept: string;
  /** The same for the committed rows of folders that are written again. */
  readonly committed: string;
  readonly committedKept: string;
  /** The stored columns, as SQL over the clean values. */
  readonly columns: readonly string[];
  /** Sort keys, as SQL over the clean values; ascending, nulls last. */
  readonly order: readonly string[];
  /** A name that no column has, for the number of a row's folder. */
  readonly number: string;
  /** The column whose range the manifest records. */
  readonly time: string;
}

/** The SQL of what a run writes. The hash settles the order of rows with equal sort keys, so that equal rows make equal files. */
export function writePlan(schema: TableSchema): WritePlan {
  const values = stagedValues(schema);
  const columns = `folder, ${values.join(', ')}`;
  const fresh = `SELECT ${columns} FROM staged WHERE state = ${rowState.accepted}`;
  const committed = `SELECT ${columns} FROM committed_rewritten`;
  const names = new Set(schema.columns.map(({ name }) => name.toLowerCase()));
  let number = 'folder_number';
  while (names.has(number)) number = `${number}_`;
  return {
    fresh,
    freshKept: `SELECT ${columns} FROM (SELECT * FROM staged WHERE state = ${rowState.accepted}) LEFT ANTI JOIN losers USING (input, place, element)`,
    committed,
    committedKept: `SELECT ${columns} FROM committed_rewritten LEFT ANTI JOIN losers USING (input, place, element)`,
    columns: schema.columns.map(({ name }, index) => `v${index} AS ${sparkName(name)}`),
    order: [...schema.sortOrder.map((name) => stagedName(schema, name)), `xxhash64(${values.join(', ')})`],
    number,
    time: schema.partitioning.time,
  };
}
