import { existsSync } from 'node:fs';
import { totalmem } from 'node:os';
import { relative, resolve } from 'node:path';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { HeadwaterError, isHeadwaterError, type TableSchema } from '@headwater/core';
import {
  assertFilesReadable,
  type DataFile,
  type LakeState,
  quarantinedTable,
  quarantineName,
  quoteText,
  readerPath,
  readLakeState,
} from '@headwater/core/internal';
import { openLakeStore } from '@headwater/storage';
import type { DuckdbEngineConfig } from './duckdb-engine.ts';
import { deriveQuarantineView } from './quarantine-view.ts';
import { deriveTableView } from './table-view.ts';

/** A started engine that sees one lake as it was committed when it was opened. */
export interface DuckdbDatabase {
  connect(): Promise<DuckDBConnection>;
  /** What to throw for an error of the engine. */
  queryError(text: string, error: unknown): unknown;
  close(): void;
}

/** An engine over a lake. */
export interface DuckdbLake extends DuckdbDatabase {
  /**
   * The committed files of a table, or of a quarantine, that it sees.
   * @throws HeadwaterError `SCHEMA_INCOMPATIBLE`, `PARTITIONING_CHANGED` for a table whose files do not fit its definition
   */
  files(table: string): readonly DataFile[];
}

/**
 * Starts DuckDB and shows it the committed files, and nothing else on this machine: after the views are made,
 * external access is off but for those files, and no setting can be changed any more
 * (https://duckdb.org/docs/stable/operations_manual/securing_duckdb/overview).
 *
 * @param onChanged called when a query found a committed file gone, which a later commit has replaced
 * @throws HeadwaterError `LAKE_NOT_LOCAL` for a lake on S3, `LAKE_NOT_FOUND` when no table has a commit, `LAKE_CORRUPT` for a
 *   manifest that cannot be read
 */
export async function openDuckdbDatabase(
  config: DuckdbEngineConfig,
  tables: readonly TableSchema[],
  onChanged: () => void,
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
  // Rejected rows do not follow the definition, so their table can be read where the events cannot.
  const absent = new Map(
    states.flatMap(({ schema, state }): [string, unknown][] => {
      const { lake } = config;
      const { name: table } = schema;
      if (state.sequence === 0) {
        const reason = new HeadwaterError('LAKE_NOT_FOUND', { lake, table });
        return [table, quarantineName(table)].map((name) => [name, reason]);
      }
      const misfit = misfitOf(schema, state, lake);
      return misfit === undefined ? [] : [[table, misfit]];
    }),
  );

  // By the spellings under which the engine asks for a file: as it is, and as a reader is given it.
  const paths = new Map(
    committed
      .flatMap(({ state }) => [...state.files, ...state.quarantineFiles])
      .map((file) => resolve(root, file.path))
      .flatMap((path) => [path, readerPath(path)].map((spelling) => [spelling, path] as const)),
  );
  const instance = await DuckDBInstance.create(':memory:', {
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    memory_limit: config.memoryLimit ?? `${Math.floor(totalmem() / 2 ** 21)}MB`,
    ...(config.threads === undefined ? {} : { threads: String(config.threads) }),
    ...(config.spillFolder === undefined ? {} : { temp_directory: config.spillFolder }),
  });
  try {
    const setup = await instance.connect();
    for (const { schema, state } of committed) {
      if (!absent.has(schema.name)) await setup.run(deriveTableView(schema, state, root));
      await setup.run(deriveQuarantineView(schema, state, root));
    }
    await setup.run(`
      SET GLOBAL TimeZone = 'UTC';
      SET GLOBAL allowed_paths = [${[...paths.keys()].map(quoteText).join(', ')}];
      SET GLOBAL enable_external_access = false;
      SET GLOBAL lock_configuration = true;`);
    setup.closeSync();
  } catch (error) {
    instance.closeSync();
    throw error;
  }
  return {
    connect: () => instance.connect(),
    files: (name) => {
      const refusing = quarantinedTable(name);
      const reason = absent.get(name);
      if (reason !== undefined && !isHeadwaterError(reason, 'LAKE_NOT_FOUND')) throw reason;
      const state = states.find(({ schema }) => schema.name === (refusing ?? name))?.state;
      return (refusing === undefined ? state?.files : state?.quarantineFiles) ?? [];
    },
    queryError: (text, error) => {
      const gone = missingFile(messageOf(error), paths);
      if (gone !== undefined) {
        onChanged();
        return new HeadwaterError(
          'LAKE_CHANGED',
          { lake: config.lake, file: relative(root, gone) },
          { cause: error },
        );
      }
      // A table that cannot be read has no view; the engine names it, and says nothing more that is structured.
      const message = messageOf(error);
      const asked = [...absent.keys()].find((name) =>
        message.includes(`Table with name ${name} does not exist`),
      );
      return asked === undefined ? queryFailed(text, error) : absent.get(asked);
    },
    close: () => instance.closeSync(),
  };
}

/** The committed file that an error is about, when there is no such file any more. */
function missingFile(message: string, paths: ReadonlyMap<string, string>): string | undefined {
  const [, spelling = ''] = /"([^"]+?\.parquet)/.exec(message) ?? [];
  const path = paths.get(spelling);
  return path !== undefined && !existsSync(path) ? path : undefined;
}

/** Why a table has no view: its files do not fit its definition. */
function misfitOf(schema: TableSchema, state: LakeState, lake: string): unknown {
  try {
    assertFilesReadable(schema, state, lake, { engine: 'duckdb' });
    return undefined;
  } catch (error) {
    return error;
  }
}

function queryFailed(text: string, cause: unknown): HeadwaterError {
  if (cause instanceof HeadwaterError) return cause;
  const payload = { engine: 'duckdb', sql: text, problem: messageOf(cause) };
  return new HeadwaterError('QUERY_FAILED', payload, { cause });
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
