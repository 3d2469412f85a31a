import { rm } from 'node:fs/promises';
import type { DataFile } from '@headwater/core/internal';
import type { WrittenFile } from '../../lake/written-file.ts';
import type { RewrittenFolder } from '../load-engine.ts';
import type { EraserRun } from './actors-table.ts';
import { mergeErrorFrom } from './merge-error.ts';
import { writeFiles } from './write-files.ts';

/** How the rows that stay are read from files. */
export interface Rewriting {
  /** A SELECT of the rows that stay, in the order in which the files hold them. */
  select(files: readonly DataFile[]): string | Promise<string>;
  /** The column whose range the manifest records. */
  readonly timeColumn?: string;
}

/**
 * Writes files of one folder again without some of their rows, each as a file of its own. Files are named by their content, so where two files
 * have the same rows by now, they become one file with the rows of both.
 *
 * @param files the files to rewrite
 * @param others the other files of the folder
 */
export async function rewriteFolder(
  run: EraserRun,
  rewriting: Rewriting,
  folder: string,
  files: readonly DataFile[],
  others: readonly DataFile[],
): Promise<RewrittenFolder> {
  const write = async (sources: readonly DataFile[]): Promise<WrittenFile[]> => {
    const [first] = sources;
    if (!first) return [];
    const { day } = first;
    const stagedPath = run.staged(
      `rest-${folder.replaceAll('/', '-')}-${sources.length}-${first.hash}.parquet`,
    );
    const plan = { stagedPath, folder, day };
    const { timeColumn } = rewriting;
    try {
      const select = await rewriting.select(sources);
      return await writeFiles(
        run.connection,
        select,
        run.fileBytes,
        timeColumn ? { ...plan, timeColumn } : plan,
      );
    } catch (error) {
      throw mergeErrorFrom(error, run, { folder, existingFiles: sources });
    }
  };
  const written: (readonly WrittenFile[])[] = [];
  for (const file of files) written.push(await write([file]));
  const isTaken = pathsTwice([...written.flat().map(({ file }) => file), ...others]);
  const equal = files.filter((_, index) => written[index]?.some(({ file }) => isTaken.has(file.path)));
  const merged = [...equal, ...others.filter(({ path }) => isTaken.has(path))];
  const apart = written.filter((_, index) => !equal.includes(files[index] as DataFile)).flat();
  for (const { stagedPath } of written.flat().filter((one) => !apart.includes(one))) await rm(stagedPath);
  const result = [...apart, ...(await write(merged))];
  const removed = [...new Set([...files, ...merged])];
  const rows = rowsIn(removed) - rowsIn(result.map(({ file }) => file));
  return { files: result, removed: removed.map(({ path }) => path), rows };
}

const rowsIn = (files: readonly DataFile[]): number => files.reduce((sum, { rows }) => sum + rows, 0);

function pathsTwice(files: readonly DataFile[]): ReadonlySet<string> {
  const counts = new Map<string, number>();
  for (const { path } of files) counts.set(path, (counts.get(path) ?? 0) + 1);
  return new Set([...counts].flatMap(([path, count]) => (count > 1 ? [path] : [])));
}
