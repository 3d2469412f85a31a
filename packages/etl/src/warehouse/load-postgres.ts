import { HeadwaterError, isHeadwaterError } from '@headwater/core';
import { type LakeState, postgresTableRules, qualifiedName, readLakeState } from '@headwater/core/internal';
import { type LakeStore, openLakeStore } from '@headwater/storage';
import { openDuckdbSession } from '../engine/duckdb-session.ts';
import { lakeErrorFrom } from '../lake/file-error.ts';
import { guardCallback } from '../lake/guard-callback.ts';
import { openScratchFolder } from '../lake/scratch-folder.ts';
import { takeLoadLock } from './load-lock.ts';
import { type LoadTarget, makeRecords, writeMark } from './load-records.ts';
import { addPostgresColumns, dropPostgresTable, makePostgresTable } from './make-postgres-table.ts';
import { planLoad } from './plan-load.ts';
import { tally } from './plan-postgres-load.ts';
import { isServerError, postgresErrorFrom } from './postgres-error.ts';
import type { PostgresLoadOptions, PostgresLoadReport } from './postgres-load-options.ts';
import { openPostgres, type PostgresSession } from './postgres-session.ts';
import { runLoadStep } from './run-load-step.ts';

/** How often a load plans anew because the lake changed while it ran. */
const plans = 5;

/**
 * Makes a table of PostgreSQL equal to a table of a lake: the rows of every committed file are in it, once. The table is created
 * where it is missing, as `derivePostgresTable` has it, and gets columns that the definition got.
 *
 * A load copies the files that the lake has and the table has not. Days of which a file left the lake are replaced, each in one
 * transaction. Files are recorded in the transaction that copies them (`_headwater.files`), so a load that was killed at any instant
 * is resumed by the next one, and a second load of the same lake copies nothing. While a load runs, readers see each of its
 * transactions as it ends. One load of a table runs at a time.
 *
 * @throws HeadwaterError `LAKE_NOT_FOUND`, `LAKE_CORRUPT` for a file whose content or number of rows is not what was committed,
 * `SCHEMA_INCOMPATIBLE`, `WAREHOUSE_UNREACHABLE`, `WAREHOUSE_BUSY`, `WAREHOUSE_TABLE_DIFFERS` when the definition has changed in a
 * way that the table cannot follow, `WAREHOUSE_DIVERGED` when the table was loaded from another lake or changed by something else,
 * `WAREHOUSE_REFUSED` with PostgreSQL's message, `PACKAGE_MISSING` for `pg` and `pg-copy-streams`, `INTERRUPTED`
 * @example
 * ```ts
 * const report = await loadPostgres({ table: clickstream, lake: './lake', url: 'postgres://etl@localhost/shop' });
 * // { target: '"public"."clickstream"', from: 0, to: 12, files: 31, rows: 1000000, totalRows: 1000000, ... }
 * ```
 */
export async function loadPostgres(options: PostgresLoadOptions): Promise<PostgresLoadReport> {
  const { table, lake, signal, memoryLimit } = options;
  const target: LoadTarget = {
    schema: postgresTableRules(table.schema, options).schema,
    table: table.schema.name,
  };
  const name = qualifiedName(target.schema, target.table);
  const during = 'the load into PostgreSQL';
  let server = '';
  try {
    signal?.throwIfAborted();
    await using session = await openPostgres(options, signal);
    server = session.server;
    const store = openLakeStore(lake, { aws: options.aws });
    if (options.dryRun) return await dryRun(options, session, store, target);
    await takeLoadLock(session, name, options.lockTimeoutSeconds ?? 60, signal);
    await makeRecords(session);
    if (options.rebuild) await dropPostgresTable(session, target);
    return await loadAll(options, session, store, target);
  } catch (error) {
    if (signal?.aborted && !isHeadwaterError(error))
      throw new HeadwaterError('INTERRUPTED', { during }, { cause: error });
    const workFolder = options.workFolder ?? lake;
    throw lakeErrorFrom(postgresErrorFrom(error, { target: name, server }), {
      lake,
      workFolder,
      memoryLimit,
      during,
    });
  }
}

async function loadAll(
  options: PostgresLoadOptions,
  session: PostgresSession,
  store: LakeStore,
  target: LoadTarget,
): Promise<PostgresLoadReport> {
  const { lake, signal } = options;
  const definition = options.table.schema;
  const started = performance.now();
  const onProgress = options.onProgress && guardCallback('onProgress', options.onProgress);
  await using scratch = await openScratchFolder('warehouse', options.workFolder);
  const duckdb = await openDuckdbSession(`${scratch.path}/spill`, options);
  try {
    const connection = await duckdb.connect();
    const columnsAdded: string[] = [];
    let done = tally([]);
    let before: { readonly from: number; readonly isNew: boolean } | undefined;
    for (let attempt = 1; ; attempt += 1) {
      const { state, records, present, fit, steps } = await planLoad(options, session, store, target);
      before ??= { from: records.sequence, isNew: present === undefined };
      if (present === undefined) await makePostgresTable(options, session, target);
      else await addPostgresColumns(options, session, target, records, fit);
      columnsAdded.push(...fit.added.map(({ column }) => column));
      const totalRows = tally(steps, done).rows;
      let { rows } = done;
      const context = {
        ...{ definition, store, connection, session, target, signal },
        folder: scratch.path,
        isPartitioned: present?.isPartitioned ?? options.partition === 'month',
        onRows(more: number): void {
          rows += more;
          onProgress?.({ rows, totalRows });
        },
      };
      try {
        for (const step of steps) {
          await runLoadStep(context, step);
          done = tally([step], done);
        }
      } catch (error) {
        if (attempt === plans || !(await hasMoved(store, state, error))) throw error;
        continue;
      }
      const mark = { lake, sequence: state.sequence, runId: state.runId, definition };
      const inTable = await session.transaction(() => writeMark(session, target, mark));
      return {
        ...baseOf(options, session, target, started),
        ...before,
        ...done,
        columnsAdded,
        to: state.sequence,
        totalRows: inTable,
      };
    }
  } finally {
    duckdb.close();
  }
}

async function dryRun(
  options: PostgresLoadOptions,
  session: PostgresSession,
  store: LakeStore,
  target: LoadTarget,
): Promise<PostgresLoadReport> {
  const started = performance.now();
  const { state, records, steps, fit, present } = await planLoad(options, session, store, target);
  return {
    ...baseOf(options, session, target, started),
    ...tally(steps),
    from: records.sequence,
    isNew: present === undefined,
    columnsAdded: fit.added.map(({ column }) => column),
    to: state.sequence,
    totalRows: state.files.reduce((sum, file) => sum + file.rows, 0),
  };
}

const baseOf = (
  { table, lake, dryRun: isDry = false }: PostgresLoadOptions,
  { server }: PostgresSession,
  { schema, table: name }: LoadTarget,
  started: number,
) => ({
  table: table.schema.name,
  target: `${schema}.${name}`,
  server,
  lake,
  dryRun: isDry,
  seconds: (performance.now() - started) / 1000,
});

/** Whether a file could not be read because a commit replaced it after the lake was read. */
async function hasMoved(store: LakeStore, { table, sequence }: LakeState, error: unknown): Promise<boolean> {
  if (isServerError(error) || (isHeadwaterError(error) && !error.code.startsWith('LAKE_'))) return false;
  return (await readLakeState(store, table)).sequence !== sequence;
}
