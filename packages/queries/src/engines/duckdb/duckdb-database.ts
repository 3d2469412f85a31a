import { totalmem } from 'node:os';
import { resolve } from 'node:path';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { HeadwaterError, isHeadwaterError, type TableSchema } from '@headwater/core';
import {
  type DataFile,
  lastRollups,
  quarantinedTable,
  quoteText,
  readerPath,
  readLakeState,
  rollupsOf,
} from '@headwater/core/internal';
import { openLakeStore } from '@headwater/storage';
import { isRollupOf, type OpenedRollup } from '../../session/opened-rollup.ts';
import type { DuckdbEngineConfig } from './duckdb-engine.ts';
import { fileOf, lakeFilesError } from './lake-files-error.ts';
import { makeViews } from './make-views.ts';
import { filesOfView, findRollups, makeRollupViews } from './rollup-views.ts';

/** A running DuckDB that shows a lake as of the commit at which it was opened. */
export interface DuckdbDatabase {
  connect(): Promise<DuckDBConnection>;
  /** Converts an error of DuckDB to the error to throw. */
  queryError(text: string, error: unknown): unknown;
  /** Called when a query that opened it has ended. Defaults to nothing. */
  release?(): void;
  close(): void;
}

/** A running DuckDB over a lake. */
export interface DuckdbLake extends DuckdbDatabase {
  /**
   * The committed files of a table, or of a quarantine, and the files of the relation of a rollup, that it sees.
   * @throws HeadwaterError `SCHEMA_INCOMPATIBLE`, `PARTITIONING_CHANGED` for a table whose files do not fit its definition;
   *   `LAKE_CHANGED` for the relation of a rollup over another commit
   */
  files(table: string): readonly DataFile[];
  /** The rollups of a table that it shows. */
  rollups(table: string): readonly OpenedRollup[];
  /** The last commit that it shows, by table and by what numbers the rollups of a table; 0 for a table without one. */
  readonly sequences: ReadonlyMap<string, number>;
}

/**
 * Starts DuckDB over the committed files of a lake. After its views are made, it can read those files and nothing else on
 * this machine, and no setting can be changed
 * (https://duckdb.org/docs/stable/operations_manual/securing_duckdb/overview).
 *
 * @throws HeadwaterError `LAKE_NOT_LOCAL` for a lake on S3, `LAKE_NOT_FOUND` when no table has a commit, `LAKE_CORRUPT` for a
 *   manifest that cannot be read
 */
export async function openDuckdbDatabase(
  config: DuckdbEngineConfig,
  tables: readonly TableSchema[],
): Promise<DuckdbLake> {
  const store = openLakeStore(config.lake);
  if (store.kind === 's3')
    throw new HeadwaterError('LAKE_NOT_LOCAL', { lake: config.lake, engine: 'duckdb' });
  const root = resolve(config.lake);
  const states = await Promise.all(
    tables.map(async (schema) => ({ schema, state: await readLakeState(store, schema.name) })),
  );
  const committed = states.filter(({ state }) => state.sequence > 0);
  if (committed.length === 0)
    throw new HeadwaterError('LAKE_NOT_FOUND', {
      lake: config.lake,
      table: states[0]?.schema.name ?? '(no table)',
    });
  // By the spellings under which the engine asks for a file: as it is, and as a reader is given it.
  const paths = new Map(
    committed
      .flatMap(({ state }) => [...state.files, ...state.quarantineFiles])
      .map((file) => resolve(root, file.path))
      .flatMap((path) => [path, readerPath(path)].map((spelling) => [spelling, path] as const)),
  );
  // Before the rollups themselves: a later state is then noticed.
  const numbers = await Promise.all(
    tables.map(async ({ name }) => [rollupsOf(name), await lastRollups(store, name)] as const),
  );
  const found = await findRollups(
    store,
    committed.map(({ state }) => state),
  );
  const opened = { lake: config.lake, root, states: states.map(({ state }) => state), paths };
  const instance = await DuckDBInstance.create(':memory:', {
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    memory_limit: config.memoryLimit ?? `${Math.floor(totalmem() / 2 ** 21)}MB`,
    ...(config.threads === undefined ? {} : { threads: String(config.threads) }),
    ...(config.spillFolder === undefined ? {} : { temp_directory: config.spillFolder }),
  });
  let absent: ReadonlyMap<string, unknown>;
  let rollups: ReadonlyMap<string, readonly OpenedRollup[]>;
  try {
    const setup = await instance.connect();
    absent = await makeViews(setup, states, opened);
    rollups = await makeRollupViews(setup, found, { root, absent });
    const readable = [...paths.keys(), ...pathsOf(rollups, root)];
    await setup.run(`
      SET GLOBAL TimeZone = 'UTC';
      SET GLOBAL allowed_paths = [${readable.map(quoteText).join(', ')}];
      SET GLOBAL enable_external_access = false;
      SET GLOBAL lock_configuration = true;`);
    setup.closeSync();
  } catch (error) {
    instance.closeSync();
    throw error;
  }
  return {
    sequences: new Map([
      ...states.map(({ schema, state }) => [schema.name, state.sequence] as const),
      ...numbers,
    ]),
    rollups: (table) => rollups.get(table) ?? [],
    connect: () => instance.connect(),
    files: (name) => {
      if (tables.some((table) => isRollupOf(table.name, name)))
        return filesOfView(name, config.lake, rollups);
      const refusing = quarantinedTable(name);
      const reason = absent.get(name);
      if (reason !== undefined && !isHeadwaterError(reason, 'LAKE_NOT_FOUND')) throw reason;
      const state = states.find(({ schema }) => schema.name === (refusing ?? name))?.state;
      return (refusing === undefined ? state?.files : state?.quarantineFiles) ?? [];
    },
    queryError: (text, error) => {
      const path = fileOf(error, opened);
      if (path !== undefined) return lakeFilesError(error, path, opened);
      // A table that cannot be read has no view. DuckDB names it only in its message, and resolves the name to a CTE of the same name.
      const message = messageOf(error);
      const asked = [...absent.keys()].find((name) =>
        [`Table with name ${name} does not exist`, `Circular reference to CTE "${name}"`].some((words) =>
          message.includes(words),
        ),
      );
      return asked === undefined ? queryFailed(text, error) : absent.get(asked);
    },
    close: () => instance.closeSync(),
  };
}

function queryFailed(text: string, cause: unknown): HeadwaterError {
  if (cause instanceof HeadwaterError) return cause;
  const payload = { engine: 'duckdb', sql: text, problem: messageOf(cause) };
  return new HeadwaterError('QUERY_FAILED', payload, { cause });
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** The files of rollups, by both spellings of their paths. */
const pathsOf = (rollups: ReadonlyMap<string, readonly OpenedRollup[]>, root: string): string[] =>
  [...rollups.values()]
    .flat()
    .flatMap(({ entries }) => entries.flatMap(({ path }) => (path === undefined ? [] : resolve(root, path))))
    .flatMap((path) => [path, readerPath(path)]);
