import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import { HeadwaterError } from '@headwater/core';
import { type LakeState, manifestPath } from '@headwater/core/internal';

/** Committed files, with their paths as DuckDB writes them in messages. */
export interface OpenedFiles {
  /** The lake's address, for messages. */
  readonly lake: string;
  /** Its folder. */
  readonly root: string;
  readonly states: readonly LakeState[];
  /** Paths of committed files by their spellings. */
  readonly paths: ReadonlyMap<string, string>;
}

/** The committed file that an error of DuckDB is about; undefined for other errors. */
export function fileOf(error: unknown, { paths }: OpenedFiles): string | undefined {
  const message = messageOf(error);
  for (const [, spelling = ''] of message.matchAll(/["']([^"']+?\.parquet)/g)) {
    const path = paths.get(spelling);
    if (path !== undefined) return path;
  }
  return undefined;
}

/** Whether a table has a later commit than when it was opened. */
const isSuperseded = (root: string, { table, sequence }: LakeState): boolean =>
  existsSync(join(root, manifestPath(table, sequence + 1)));

/**
 * What to throw for an error about a committed file: a later commit has replaced it, or it is lost or damaged. A commit
 * creates its manifest before it removes what it replaces.
 */
export function lakeFilesError(error: unknown, path: string, opened: OpenedFiles): HeadwaterError {
  const { lake, root, states } = opened;
  const file = relative(root, path).replaceAll('\\', '/');
  const state = states.find(({ files, quarantineFiles }) =>
    [...files, ...quarantineFiles].some((one) => one.path === file),
  );
  const isGone = !existsSync(path);
  if (isGone && state && isSuperseded(root, state))
    return new HeadwaterError('LAKE_CHANGED', { lake, file }, { cause: error });
  const problem = isGone
    ? 'is missing'
    : `cannot be read: ${messageOf(error).split(/ at end of file|\n/)[0]}`;
  const fix =
    'Other days can be queried. Restore the file from a copy of the lake, or take it out with ' +
    `\`headwater lake repair --drop-damaged --lake ${lake}\``;
  return new HeadwaterError(
    'LAKE_CORRUPT',
    { lake, table: state?.table ?? '', file, problem, fix },
    { cause: error },
  );
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
