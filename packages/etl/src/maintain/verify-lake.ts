import { join } from 'node:path';
import { type EventsTable, HeadwaterError } from '@headwater/core';
import {
  assertPartitioning,
  checkpointPath,
  emptyLakeState,
  foldManifests,
  inParallel,
  quarantineName,
  readLakeHistory,
  schemaAt,
} from '@headwater/core/internal';
import { openLakeStore } from '@headwater/storage';
import { openParquetChecker } from '../engine/parquet-checker.ts';
import { stagingFolder } from '../lake/lake-paths.ts';
import { checkCheckpoint } from './check-checkpoint.ts';
import { checkDefinition } from './check-definition.ts';
import { openScratchFolder } from './scratch-folder.ts';
import { verifyFile } from './verify-file.ts';

/** Files read at the same time: one from a disk; from S3 as many as hide the latency of each. */
const parallelFiles = { folder: 1, s3: 4 };

/** A difference between the lake and its manifests. */
export interface LakeProblem {
  readonly file: string;
  readonly problem: string;
}

/** The result of a verification. */
export interface VerifyReport {
  readonly ok: boolean;
  readonly filesChecked: number;
  readonly rows: number;
  readonly bytes: number;
  readonly problems: readonly LakeProblem[];
  /**
   * Files in the table's folders that no manifest lists: leftovers of a dead run, or files that a running one is about to
   * commit. They are not in the lake, but engines that read the folders see them.
   */
  readonly leftovers: readonly string[];
  /** Findings that are not problems. */
  readonly notes: readonly string[];
}

/** Options of a verification. */
export interface VerifyOptions {
  readonly table: EventsTable;
  /** The lake's folder, or `s3://bucket/prefix`. */
  readonly lake: string;
  readonly onProgress?: ((progress: { files: number; totalFiles: number }) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Reads every committed file and checks its existence, size, content hash, row count and partition day; and checks that
 * each commit's counts add up, and that queries can read all files under the definition.
 *
 * @throws HeadwaterError `LAKE_NOT_FOUND`, `LAKE_CORRUPT` when the manifests themselves cannot be read,
 *   `PARTITIONING_CHANGED` when the definition has other folders
 */
export async function verifyLake({
  table,
  lake: folder,
  onProgress,
  signal,
}: VerifyOptions): Promise<VerifyReport> {
  const lake = openLakeStore(folder);
  const { name } = table.schema;
  const history = await readLakeHistory(lake, name);
  const state = foldManifests(emptyLakeState(name), history);
  if (state.sequence === 0) throw new HeadwaterError('LAKE_NOT_FOUND', { lake: folder, table: name });
  assertPartitioning(table.schema, state, folder);
  const problems: LakeProblem[] = [];
  for (const manifest of history) {
    const { rowsIn, rowsOut, duplicates, quarantined, sequence } = manifest;
    if (rowsIn !== rowsOut + duplicates + quarantined) {
      problems.push({
        file: `manifest ${sequence}`,
        problem: `${rowsIn} rows in are not ${rowsOut} + ${duplicates} + ${quarantined}`,
      });
    }
  }
  const expected = history.reduce((rows, manifest) => rows + manifest.rowsOut, 0);
  const rows = state.files.reduce((total, file) => total + file.rows, 0);
  if (rows !== expected)
    problems.push({ file: name, problem: `the files hold ${rows} rows, the commits added ${expected}` });

  const definition = checkDefinition(table.schema, state, lake.kind);
  problems.push(...definition.problems.map((problem) => ({ file: name, problem })));

  const checkpoint = await checkCheckpoint(lake, name, history);
  if (checkpoint.problem) problems.push({ file: checkpointPath(name), problem: checkpoint.problem });

  // In older files the time column may have a former name.
  const timeOf = (path: string): string =>
    schemaAt(state, state.addedBy.get(path) ?? 0)?.time ?? table.schema.partitioning.time;
  const all = [
    ...state.files.map((file) => ({ file, time: timeOf(file.path) })),
    ...state.quarantineFiles.map((file) => ({ file, time: undefined })),
  ];
  const stored = new Map<string, number>();
  for (const root of [name, quarantineName(name)])
    for await (const { path, bytes } of lake.walk(root)) stored.set(path, bytes);

  await using spill = await openScratchFolder('verify');
  const parallel = parallelFiles[lake.kind];
  await using checker = await openParquetChecker(spill.path, parallel, signal);
  try {
    let done = 0;
    const found = await inParallel(all, parallel, async ({ file, time }) => {
      signal?.throwIfAborted();
      const copyTo = join(spill.path, `${file.hash}.parquet`);
      const bytes = stored.get(file.path);
      const problem = await verifyFile({ store: lake, file, time, bytes, checker, copyTo, signal });
      done += 1;
      onProgress?.({ files: done, totalFiles: all.length });
      return problem === undefined ? [] : [{ file: file.path, problem }];
    });
    problems.push(...found.flat());
  } catch (cause) {
    if (signal?.aborted) throw new HeadwaterError('INTERRUPTED', { during: 'the verification' }, { cause });
    throw cause;
  }
  const listed = new Set(all.map(({ file }) => file.path));
  const leftovers = [...stored.keys()].filter((path) => !listed.has(path));
  const bytes = state.files.reduce((total, file) => total + file.bytes, 0);
  const notes = [...(checkpoint.note ? [checkpoint.note] : []), ...definition.notes];
  let open = 0;
  for await (const _ of lake.unfinishedUploads(stagingFolder(name))) open += 1;
  if (open > 0)
    notes.push(
      `${open} uploads are unfinished: of a running or a dead run. The next commit aborts those of dead runs`,
    );
  return { ok: problems.length === 0, filesChecked: all.length, rows, bytes, problems, leftovers, notes };
}
