import type { DuckDBConnection } from '@duckdb/node-api';
import { HeadwaterError } from '@headwater/core';
import {
  type DataFile,
  daySources,
  type LakeState,
  quoteName,
  readRollups,
  rollupFolder,
  validEntries,
} from '@headwater/core/internal';
import type { LakeStore } from '@headwater/storage';
import { type OpenedRollup, rollupOfView, rollupView } from '../../session/opened-rollup.ts';
import { lakeFiles } from './lake-files.ts';

/** The rollups of tables, each with the entries that are valid for the files of its table. */
export async function findRollups(
  store: LakeStore,
  states: readonly LakeState[],
): Promise<Map<string, readonly OpenedRollup[]>> {
  const found = await Promise.all(
    states.map(async ({ table, sequence, files }) => {
      const state = await readRollups(store, table);
      if (!state) return [table, [] as OpenedRollup[]] as const;
      const sources = daySources(files);
      const opened = state.rollups.flatMap((rollup): OpenedRollup[] => {
        const entries = validEntries(rollup, sources);
        const view = rollupView(rollup.name, sequence, state.sequence);
        return entries.length === 0 ? [] : [{ rollup, view, entries, sources }];
      });
      return [table, opened] as const;
    }),
  );
  return new Map(found);
}

/**
 * Makes the views of rollups. One whose files cannot be read gets none: the events have the answers as well. A table that cannot be read has
 * none either: it is refused as a whole.
 *
 * @param lake its folder, and the tables that have no view
 * @returns the rollups that have a view
 */
export async function makeRollupViews(
  connection: DuckDBConnection,
  found: ReadonlyMap<string, readonly OpenedRollup[]>,
  { root, absent }: { readonly root: string; readonly absent: ReadonlyMap<string, unknown> },
): Promise<Map<string, readonly OpenedRollup[]>> {
  const made = new Map<string, readonly OpenedRollup[]>();
  for (const [table, rollups] of found) {
    if (absent.has(table)) continue;
    const readable: OpenedRollup[] = [];
    for (const opened of rollups) {
      const isMade = await connection.run(viewOf(table, opened, root)).then(
        () => true,
        () => false,
      );
      if (isMade) readable.push(opened);
    }
    made.set(table, readable);
  }
  return made;
}

/**
 * The files of the relation of a rollup, which hold what a query reads of it.
 *
 * @throws HeadwaterError `LAKE_CHANGED` for a relation of another snapshot
 */
export function filesOfView(
  view: string,
  lake: string,
  rollups: ReadonlyMap<string, readonly OpenedRollup[]>,
): readonly DataFile[] {
  const opened = [...rollups.values()].flat().find((one) => one.view === view);
  if (!opened) throw new HeadwaterError('LAKE_CHANGED', { lake, file: rollupOfView(view) });
  return opened.entries.flatMap(({ path, day, rows, bytes, sources }) =>
    path === undefined ? [] : [{ path, day, rows, bytes, hash: sources }],
  );
}

function viewOf(table: string, { rollup, view, entries }: OpenedRollup, root: string): string {
  const files = entries.flatMap(({ path }) => (path === undefined ? [] : [{ path }]));
  const names = rollup.columns.map(({ name }) => name);
  const create = `CREATE VIEW ${quoteName(view)} AS SELECT`;
  if (files.length === 0) {
    const nulls = rollup.columns.map(({ name, type }) => `CAST(NULL AS ${type}) AS ${quoteName(name)}`);
    return `${create} ${nulls.join(', ')}, CAST(NULL AS DATE) AS dt WHERE false`;
  }
  const { from, day } = lakeFiles(root, rollupFolder(table, rollup), files, names);
  const columns = rollup.columns.map(
    ({ name, type }) => `CAST(${quoteName(name)} AS ${type}) AS ${quoteName(name)}`,
  );
  return `${create} ${columns.join(', ')}, ${day} AS dt FROM ${from}`;
}
