import { resolve } from 'node:path';
import { type DataFile, quoteName, quoteText } from '@headwater/core/internal';

/** A committed file that cannot be read, and what the engine says about it. */
export interface DamagedFile {
  readonly file: DataFile;
  readonly problem: string;
}

/**
 * A SELECT that stands for the rows of a file that cannot be read. Its day (and hour) are known, so a query of other days
 * never runs it; every query that might need one of its rows fails with the file's name. The calls of `error` are what keeps
 * the optimizer from dropping the rows by a condition on another column.
 *
 * @param columns names and types in DuckDB, without `dt` and `hour`
 */
export function damagedFile(
  { file, problem }: DamagedFile,
  columns: readonly (readonly [name: string, type: string])[],
  root: string,
  hasHour: boolean,
): string {
  const message = `${problem.replace(/^[\w ]*Error: /, '').split(/ at end of file|\n/)[0]} at end of file "${resolve(root, file.path)}"`;
  const fail = `error(${quoteText(message)})`;
  const values = columns.map(([name, type]) => `CAST(${fail} AS ${type}) AS ${quoteName(name)}`);
  const hour = /\/hour=(\d\d)\//.exec(file.path)?.[1];
  const folders = [
    `DATE ${quoteText(file.day)} AS dt`,
    ...(hasHour ? [`${Number(hour ?? 0)}::INTEGER AS hour`] : []),
  ];
  return `SELECT ${[...values, ...folders].join(', ')} FROM range(1) WHERE ${fail} IS NULL`;
}
