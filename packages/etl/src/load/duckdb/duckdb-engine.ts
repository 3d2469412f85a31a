import type { DuckDBConnection } from '@duckdb/node-api';
import { type DuckdbSession, openDuckdbSession } from '../../engine/duckdb-session.ts';
import type { WriteRun } from '../../lake/write-run.ts';
import { targetFileBytes } from '../file-bytes.ts';
import type { UpkeepEngine } from '../load-engine.ts';
import { loadLookups } from './load-lookups.ts';
import type { LoadedLookup } from './loaded-lookup.ts';
import { readNulledValues } from './nulled-values.ts';
import { rejectionExamples } from './rejection-examples.ts';
import { repeatedRows } from './repeated-rows.ts';
import { type AcrossFolders, settleAcrossFolders } from './settle-across-folders.ts';
import { splitQuarantine } from './split-quarantine.ts';
import { stageInputs } from './stage-inputs.ts';
import { stageQuarantine } from './stage-quarantine.ts';
import { stagedFolders } from './staged-folders.ts';
import { createStagingTables } from './staging-table.ts';
import { unfitFolders } from './unfit-folders.ts';
import { writePartitions } from './write-partitions.ts';
import { writeQuarantine } from './write-quarantine.ts';

/** An input of staged rows. */
export interface StagedSource {
  /** The input as the user named it. */
  readonly source: string;
  /** The source of the table that it was read as. */
  readonly sourceName: string | undefined;
  /** Of rows that a replay tries again: the fingerprint of the definition that rejected them first. */
  readonly rejectedBy?: string;
}

/** What reading and staging inputs needs of a run. */
export interface StagingRun
  extends Pick<DuckdbRun, 'connection' | 'schema' | 'staged' | 'inputs' | 'lookups'> {
  readonly options: Pick<WriteRun['options'], 'aws' | 'signal'>;
}

/** The context of the statements of one run. */
export interface DuckdbRun extends Pick<WriteRun, 'id' | 'schema' | 'options' | 'state' | 'startedAt'> {
  readonly session: DuckdbSession;
  /** The connection that stages; partitions are written on others. */
  readonly connection: DuckDBConnection;
  readonly staged: WriteRun['staged'];
  readonly localPath: WriteRun['localPath'];
  readonly fetch: WriteRun['fetch'];
  readonly trimCache: WriteRun['trimCache'];
  /** The intended size of a data file. */
  readonly fileBytes: number;
  /** The inputs of the staged rows, by the number in their column `input`. */
  readonly inputs: StagedSource[];
  /** The lookups whose rows are in tables. */
  readonly lookups: LoadedLookup[];
  /** The duplicates that were settled before the folders are written. */
  across: AcrossFolders;
}

/**
 * Opens DuckDB for one run, in process, with empty staging tables.
 *
 * @throws HeadwaterError `OPTION_INVALID` for a size that is out of bounds
 */
export async function openDuckdbRun(run: WriteRun): Promise<DuckdbRun> {
  const { id, schema, options, state, startedAt, staged, localPath, fetch, trimCache } = run;
  const fileBytes = targetFileBytes(options.targetFileSize);
  const session = await openDuckdbSession(staged('spill'), options);
  const connection = await session.connect();
  await connection.run(createStagingTables(schema));
  return {
    ...{ id, schema, options, state, startedAt, staged, localPath, fetch, trimCache },
    ...{ session, connection, fileBytes, inputs: [], lookups: [] },
    across: { duplicates: new Map(), losing: new Set() },
  };
}

/** The engine of one run, over {@link openDuckdbRun}. */
export async function openDuckdbEngine(run: WriteRun): Promise<UpkeepEngine> {
  const context = await openDuckdbRun(run);
  return {
    loadLookups: (files) => loadLookups(context, files),
    lookups: () =>
      context.lookups.map(({ name, source, hash, rows, unmatched }) => ({
        name,
        source,
        hash,
        rows,
        unmatched,
      })),
    stageInputs: (files, reading) => stageInputs(context, files, reading),
    stageQuarantine: (files) => stageQuarantine(context, files),
    splitQuarantine: (files, reason) => splitQuarantine(context, files, reason),
    writeQuarantine: () => writeQuarantine(context),
    nulledValues: () => readNulledValues(context),
    rejectionExamples: (limit) => rejectionExamples(context, limit),
    async settleAcrossFolders(files) {
      context.across = await settleAcrossFolders(context, files);
      return context.across.losing;
    },
    stagedFolders: () => stagedFolders(context),
    unfitFolders: (works) => unfitFolders(context, works),
    repeatedRows: (files) => repeatedRows(context, files),
    writePartitions: (works, onWritten) => writePartitions(context, works, onWritten),
    async [Symbol.asyncDispose]() {
      context.session.close();
    },
  };
}
