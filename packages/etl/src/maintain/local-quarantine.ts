import { randomUUID } from 'node:crypto';
import { type EventsTable, HeadwaterError } from '@headwater/core';
import {
  headwaterVersion,
  inParallel,
  type LakeState,
  manifestPath,
  manifestSchemaOf,
  readLakeState,
} from '@headwater/core/internal';
import { createFolderStore, type LakeStore, type LakeTarget, openLakeStore } from '@headwater/storage';
import { createManifest } from '../lake/commit-manifest.ts';
import { downloadFile } from '../lake/download-file.ts';
import { openScratchFolder } from '../lake/scratch-folder.ts';

/** Options of {@link openLocalQuarantine}. */
export interface LocalQuarantineOptions {
  readonly table: EventsTable;
  /** The lake's folder, or `s3://bucket/prefix`. */
  readonly lake: string;
  /** Where the lake's tables are on AWS: its region. */
  readonly aws?: LakeTarget | undefined;
  readonly onProgress?: ((progress: { files: number; totalFiles: number }) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** A lake in a folder of this machine that holds a table's quarantined rows. */
export interface LocalQuarantine extends AsyncDisposable {
  readonly lake: string;
}

const parallelDownloads = 4;

/**
 * Puts a table's quarantined rows where an engine of this machine can read them. A lake in a folder is returned as it is. Of a
 * lake on S3, the quarantine's files are downloaded into a folder for temporary files, each checked against its content
 * hash. There they are a lake of their own, without events. Disposing of it removes that folder.
 *
 * @throws HeadwaterError `LAKE_NOT_FOUND` when the lake holds no commit of the table, `LAKE_CORRUPT`, `LAKE_CHANGED` when a
 *   replay or a discard replaced a file meanwhile, `STORE_FAILED`
 * @example
 * ```ts
 * await using quarantine = await openLocalQuarantine({ table: clickstream, lake: 's3://shop-events/lake' });
 * const lake = createLake({ tables: [clickstream], engine: duckdbEngine({ lake: quarantine.lake }) });
 * await sql(lake, 'select raw from clickstream__quarantine');
 * ```
 */
export async function openLocalQuarantine(options: LocalQuarantineOptions): Promise<LocalQuarantine> {
  const { table, lake } = options;
  const store = openLakeStore(lake, { aws: options.aws });
  if (store.kind === 'folder') return { lake, async [Symbol.asyncDispose]() {} };
  const state = await readLakeState(store, table.name);
  if (state.sequence === 0) throw new HeadwaterError('LAKE_NOT_FOUND', { lake, table: table.name });
  const folder = await openScratchFolder('quarantine');
  try {
    await download(options, store, state, folder.path);
    return { lake: folder.path, [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose]() };
  } catch (error) {
    await folder[Symbol.asyncDispose]();
    throw error;
  }
}

async function download(
  { table, onProgress, signal }: LocalQuarantineOptions,
  store: LakeStore,
  state: LakeState,
  folder: string,
): Promise<void> {
  const copy = createFolderStore(folder);
  const { quarantineFiles } = state;
  let files = 0;
  await inParallel(quarantineFiles, parallelDownloads, async (file) => {
    signal?.throwIfAborted();
    try {
      await downloadFile(store, file, copy.path(file.path), { signal });
    } catch (error) {
      if (signal?.aborted || !(await store.info(manifestPath(table.name, state.sequence + 1)))) throw error;
      throw new HeadwaterError('LAKE_CHANGED', { lake: store.location, file: file.path }, { cause: error });
    }
    files += 1;
    onProgress?.({ files, totalFiles: quarantineFiles.length });
  });
  const rows = quarantineFiles.reduce((sum, file) => sum + file.rows, 0);
  await createManifest(copy, {
    version: 1,
    table: table.name,
    sequence: 1,
    runId: randomUUID(),
    operation: 'load',
    startedAt: new Date().toISOString(),
    seconds: 0,
    headwater: headwaterVersion,
    schema: manifestSchemaOf(table.schema),
    inputs: [],
    ...{ rowsIn: rows, rowsOut: 0, duplicates: 0, quarantined: rows },
    reasons: {},
    ...{ added: [], removed: [], quarantineAdded: [...quarantineFiles], quarantineRemoved: [] },
  });
}
