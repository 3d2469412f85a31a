import type { TableSchema } from '@headwater/core';
import {
  assertFilesReadable,
  type DataFile,
  type FileReader,
  isManifestName,
  type LakeState,
  manifestFolder,
  quarantinedTable,
  readLakeState,
} from '@headwater/core/internal';
import { type LakeStore, openLakeStore } from '@headwater/storage';
import type { DayRange } from './day-range.ts';
import { folderRollups } from './folder-rollups.ts';
import { isRollupOf, type OpenedRollup } from './opened-rollup.ts';

interface KnownTable {
  /** Name and text of the last commit. A lake that was created again has others. */
  readonly last: string;
  readonly text: string;
  readonly state: LakeState;
}

/** What a lake's manifests list, for engines that read its folders. */
export interface LakeFiles {
  /**
   * The committed files of a table or of a quarantine, as of now. Reads the last manifest, and others only after a new commit.
   * @throws HeadwaterError as `assertReadable` does, `LAKE_CORRUPT`
   */
  files(name: string): Promise<readonly DataFile[]>;
  /**
   * Rejects a table whose files the engine would read wrongly under its definition. A quarantine has no definition.
   *
   * @param insteadOf the name of the view to read, when the statement reads the catalog's table itself
   * @throws HeadwaterError `SCHEMA_INCOMPATIBLE`, `PARTITIONING_CHANGED`
   */
  assertReadable(name: string, insteadOf?: string): Promise<void>;
  /**
   * The rollups of a table that have a table in the catalog.
   * @throws HeadwaterError as `assertReadable` does
   */
  rollups(table: string): Promise<readonly OpenedRollup[]>;
  /**
   * Whether the folders of these days hold what the manifests list, and nothing else. During a commit they hold more, and
   * also after a run that died. False for a lake in a folder of this machine, since a server reads another place.
   */
  isSettled(name: string, days: DayRange): Promise<boolean>;
}

/**
 * The files of a lake's tables and quarantines, for one engine. Nothing is read before the first call.
 * @param place `region` of a lake on S3, which defaults to that of the environment; `database` of Glue that the engine reads
 */
export function createLakeFiles(
  location: string,
  tables: readonly TableSchema[],
  engine: FileReader['engine'],
  { region, database }: { readonly region?: string | undefined; readonly database: string },
): LakeFiles {
  let opened: LakeStore | undefined;
  const open = (): LakeStore => {
    opened ??= openLakeStore(location, { region });
    return opened;
  };
  const known = new Map<string, KnownTable>();

  async function stateOf(table: string): Promise<LakeState | undefined> {
    const store = open();
    const folder = manifestFolder(table);
    const before = known.get(table);
    const names = (await store.list(folder, before?.last)).filter(isManifestName).toSorted();
    const last = names.at(-1) ?? before?.last;
    if (last === undefined) return undefined;
    const text = await store.readText(`${folder}/${last}`);
    if (before?.last === last && before.text === text) return before.state;
    const state = await readLakeState(store, table);
    known.set(table, { last, text, state });
    return state;
  }

  function assertFits(state: LakeState, insteadOf?: string): void {
    const schema = tables.find(({ name }) => name === state.table);
    const reader = insteadOf === undefined ? { engine } : { engine, insteadOf };
    if (schema) assertFilesReadable(schema, state, location, reader);
  }

  async function rollups(name: string): Promise<readonly OpenedRollup[]> {
    const state = await stateOf(name);
    if (!state) return [];
    // The table is refused as a whole, although its stored answers can be read.
    assertFits(state);
    return folderRollups(open(), state, database);
  }

  /** The files of the relation of a rollup, as of now; none of an earlier one, whose statement fails. */
  async function rollupFiles(table: string, view: string): Promise<readonly DataFile[]> {
    const opened = (await rollups(table)).find((one) => one.view === view);
    return (opened?.entries ?? []).flatMap(({ path, day, rows, bytes }) =>
      path === undefined ? [] : [{ path, day, rows, bytes, hash: path }],
    );
  }

  async function files(name: string): Promise<readonly DataFile[]> {
    const table = tables.find((one) => isRollupOf(one.name, name));
    if (table) return rollupFiles(table.name, name);
    const rejecting = quarantinedTable(name);
    const state = await stateOf(rejecting ?? name);
    if (state && rejecting === undefined) assertFits(state);
    return (rejecting === undefined ? state?.files : state?.quarantineFiles) ?? [];
  }

  return {
    files,
    rollups,
    async assertReadable(name, insteadOf) {
      if (tables.some((table) => isRollupOf(table.name, name))) return;
      const state = quarantinedTable(name) === undefined ? await stateOf(name) : undefined;
      if (state) assertFits(state, insteadOf);
    },
    async isSettled(name, { first = '', last = '9999-12-31' }) {
      const store = open();
      if (store.kind !== 's3') return false;
      const isWithin = (day: string): boolean => day >= first && day <= last;
      const listed = (await files(name)).filter(({ day }) => isWithin(day));
      const missing = new Set(listed.map(({ path }) => path));
      for await (const { path } of store.walk(name)) {
        const [, day, file] = /\/dt=([^/]+)\/(?:.*\/)?([^/]+)$/.exec(path) ?? [];
        // Engines ignore such names.
        if (day === undefined || file === undefined || !isWithin(day) || /^[._]/.test(file)) continue;
        if (!missing.delete(path)) return false;
      }
      return missing.size === 0;
    },
  };
}
