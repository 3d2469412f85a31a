import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  checkpointPath,
  type DataFile,
  type EventsTable,
  emptyLakeState,
  foldManifests,
  HeadwaterError,
  quarantineName,
  quoteText,
  readLakeHistory,
} from '@headwater/core';
import { createFolderStore } from '@headwater/storage';
import { countOf, openDuckdbSession, rowsOf } from '../engine/duckdb-session.ts';
import { contentHash } from '../lake/content-hash.ts';
import { checkCheckpoint } from './check-checkpoint.ts';

/** Something in the lake that is not as its manifests say. */
export interface LakeProblem {
  readonly file: string;
  readonly problem: string;
}

/** What a verification found. */
export interface VerifyReport {
  readonly ok: boolean;
  readonly filesChecked: number;
  readonly rows: number;
  readonly bytes: number;
  readonly problems: readonly LakeProblem[];
  /** Files that no manifest lists: leftovers of a run that died. They are not in the lake; the next run removes them. */
  readonly leftovers: readonly string[];
  /** What is worth knowing and no fault of the lake. */
  readonly notes: readonly string[];
}

export interface VerifyOptions {
  readonly table: EventsTable;
  readonly lake: string;
  readonly onProgress?: ((progress: { files: number; totalFiles: number }) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Reads every committed file and compares it with the manifests: there, of the size, content hash and rows said, with
 * every row on the day of its folder; and each commit's counts add up.
 *
 * @throws HeadwaterError `LAKE_NOT_FOUND`, `LAKE_CORRUPT` when the manifests themselves cannot be read
 */
export async function verifyLake({
  table,
  lake: folder,
  onProgress,
  signal,
}: VerifyOptions): Promise<VerifyReport> {
  const lake = createFolderStore(folder);
  const { name } = table.schema;
  const history = await readLakeHistory(lake, name);
  const state = foldManifests(emptyLakeState(name), history);
  if (state.sequence === 0) throw new HeadwaterError('LAKE_NOT_FOUND', { lake: folder, table: name });
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

  const checkpoint = await checkCheckpoint(lake, name, history);
  if (checkpoint.problem) problems.push({ file: checkpointPath(name), problem: checkpoint.problem });

  const all = [
    ...state.files.map((file) => ({ file, time: table.schema.partitioning.time })),
    ...state.quarantineFiles.map((file) => ({ file, time: undefined })),
  ];
  const spill = await mkdtemp(join(tmpdir(), 'headwater-verify-'));
  const session = await openDuckdbSession(spill, {});
  try {
    const connection = await session.connect();
    for (const [index, { file, time }] of all.entries()) {
      signal?.throwIfAborted();
      const path = lake.path(file.path);
      const problem = await fileProblem(path, file, async () => {
        const outside = time ? `count(*) FILTER ("${time}"::DATE <> DATE '${file.day}')` : '0';
        const [row] = await rowsOf(
          connection,
          `SELECT count(*) AS rows, ${outside} AS outside FROM read_parquet(${quoteText(path)}, hive_partitioning = false)`,
        );
        return { rows: countOf(row?.['rows']), outside: countOf(row?.['outside']) };
      });
      if (problem) problems.push({ file: file.path, problem });
      onProgress?.({ files: index + 1, totalFiles: all.length });
    }
  } catch (cause) {
    if (signal?.aborted) throw new HeadwaterError('INTERRUPTED', { during: 'the verification' }, { cause });
    throw cause;
  } finally {
    session.close();
    await rm(spill, { recursive: true, force: true });
  }
  const listed = new Set(all.map(({ file }) => file.path));
  const leftovers: string[] = [];
  for (const root of [name, quarantineName(name)]) {
    for await (const { path } of lake.walk(root)) if (!listed.has(path)) leftovers.push(path);
  }
  const bytes = state.files.reduce((total, file) => total + file.bytes, 0);
  const notes = checkpoint.note ? [checkpoint.note] : [];
  return { ok: problems.length === 0, filesChecked: all.length, rows, bytes, problems, leftovers, notes };
}

async function fileProblem(
  path: string,
  file: DataFile,
  count: () => Promise<{ rows: number; outside: number }>,
): Promise<string | undefined> {
  const info = await stat(path).catch(() => undefined);
  if (!info) return 'is missing';
  if (info.size !== file.bytes) return `has ${info.size} bytes, not ${file.bytes}`;
  const hash = await contentHash(path);
  if (hash !== file.hash) return `its content is not what was committed (${hash}, not ${file.hash})`;
  const counted = await count().catch((error: Error) => error.message.split('\n')[0] ?? 'cannot be read');
  if (typeof counted === 'string') return counted;
  if (counted.rows !== file.rows) return `holds ${counted.rows} rows, not ${file.rows}`;
  return counted.outside > 0 ? `${counted.outside} rows are not of ${file.day}` : undefined;
}
