import { HeadwaterError } from '@headwater/core';
import type { DataFile } from '@headwater/core/internal';
import { assertFilesRewritable } from '@headwater/core/internal';
import type { StoreTraffic } from '../lake/store-traffic.ts';
import { type WriteRun, withWriteRun } from '../lake/write-run.ts';
import { openActorEraser } from '../load/duckdb/actor-eraser.ts';
import type { ActorEraser, QuarantineMatches, RewrittenFolder } from '../load/load-engine.ts';
import { filesThatMayHold } from './files-that-may-hold.ts';
import type { ForgetOptions } from './forget-report.ts';

/** Bytes of files that are on this machine at one time while they are searched. */
const searchedBytes = 1_000_000_000;
/** Files of one search; more of them make a statement long, and progress rare. */
const searchedFiles = 200;
/** The share of the work that is the search, for progress. */
const searchShare = 0.7;

/** What is known so far of files, by content: a file never changes, so each is searched once, however often the lake changes meanwhile. */
export interface Searched {
  readonly rows: Map<string, number>;
  readonly quarantine: Map<string, QuarantineMatches>;
}

/** What one pass over a lake did. */
export interface ErasurePass {
  readonly runId: string;
  /** The commit that the pass saw. */
  readonly sequence: number;
  /** Whether it made a commit. Otherwise it found nothing, or was a dry run. */
  readonly isCommitted: boolean;
  readonly rows: number;
  readonly days: ReadonlySet<string>;
  readonly byActor: number;
  readonly byText: number;
  readonly removed: number;
  readonly written: number;
  /** The ids in lower case. */
  readonly texts: readonly string[];
  readonly traffic: StoreTraffic | null;
}

/**
 * Searches the files of a lake that were not searched before, and takes the rows of the actors out in one commit, on S3 out of a part of the
 * folders that hold them.
 *
 * @param onNothing called with the lock held when no file of the lake holds such rows
 */
export async function erasureOnce(
  options: ForgetOptions,
  searched: Searched,
  sliceBytes: number,
  onNothing: (run: WriteRun) => Promise<void>,
): Promise<ErasurePass> {
  const { lake, dryRun = false } = options;
  const operation = { during: 'the erasure', isRepeatable: true, isDryRun: dryRun };
  return withWriteRun(options, operation, async (run) => {
    const { state, schema } = run;
    if (state.sequence === 0) throw new HeadwaterError('LAKE_NOT_FOUND', { lake, table: schema.name });
    await using eraser = await openActorEraser(run, options.actors);
    await searchAll(run, eraser, searched);
    const files = state.files.filter(({ hash }) => (searched.rows.get(hash) ?? 0) > 0);
    const rejected = state.quarantineFiles.filter((file) => matchesOf(searched, file) > 0);
    const all = [...files, ...rejected];
    const base = { runId: run.id, texts: eraser.texts };
    if (dryRun || all.length === 0) {
      if (!dryRun) await onNothing(run);
      return {
        ...base,
        sequence: state.sequence,
        isCommitted: false,
        ...countsOf(searched, files, rejected),
        traffic: run.traffic(),
      };
    }
    assertFilesRewritable(
      schema,
      state,
      lake,
      files.map(({ path }) => path),
      options.allow,
    );
    // A folder's readers follow its manifests or its lock; only a shared lake has others.
    const slice = run.store.kind === 's3' ? firstFolders(all, sliceBytes) : foldersOf(all);
    const done = await eraseFolders(run, eraser, searched, slice);
    const counts = countsOf(
      searched,
      files.filter(({ path }) => slice.has(parentOf(path))),
      rejected.filter(({ path }) => slice.has(parentOf(path))),
    );
    const discarded = counts.byActor + counts.byText;
    await run.commit({
      operation: 'forget',
      inputs: [],
      ...{ rowsIn: 0, rowsOut: 0, duplicates: 0, quarantined: 0 },
      erased: counts.rows,
      discarded,
      reasons: {},
      added: done.data.flatMap((one) => one.files),
      removed: done.data.flatMap((one) => one.removed),
      quarantineAdded: done.quarantine.flatMap((one) => one.files),
      quarantineRemoved: done.quarantine.flatMap((one) => one.removed),
    });
    const rewritten = [...done.data, ...done.quarantine];
    // What was written holds no such row.
    for (const { file } of done.data.flatMap((one) => one.files)) searched.rows.set(file.hash, 0);
    for (const { file } of done.quarantine.flatMap((one) => one.files))
      searched.quarantine.set(file.hash, { byActor: 0, byText: 0 });
    return {
      ...base,
      sequence: state.sequence,
      isCommitted: true,
      ...counts,
      removed: rewritten.flatMap((one) => one.removed).length,
      written: rewritten.flatMap((one) => one.files).length,
      traffic: run.traffic(),
    };
  });
}

async function searchAll(run: WriteRun, eraser: ActorEraser, searched: Searched): Promise<void> {
  const { state, options } = run;
  const data = state.files.filter(({ hash }) => !searched.rows.has(hash));
  const rejected = state.quarantineFiles.filter(({ hash }) => !searched.quarantine.has(hash));
  const totalBytes = bytesOf([...data, ...rejected]);
  let bytes = 0;
  let rows = 0;
  const onSearched = async (files: readonly DataFile[]): Promise<void> => {
    bytes += bytesOf(files);
    rows += files.reduce((sum, file) => sum + file.rows, 0);
    const fraction = (searchShare * bytes) / Math.max(1, totalBytes);
    options.onProgress?.({ phase: 'read', rows, bytes, totalBytes, fraction });
    await run.trimCache();
  };
  for (const files of chunksOf(data)) {
    options.signal?.throwIfAborted();
    // In a folder the engine itself skips files by their statistics.
    const candidates = run.store.kind === 's3' ? await filesThatMayHold(run, eraser, files) : files;
    await run.fetch(candidates);
    const found = await eraser.search(candidates);
    for (const file of files) searched.rows.set(file.hash, found.get(file) ?? 0);
    await onSearched(files);
  }
  for (const files of chunksOf(rejected)) {
    options.signal?.throwIfAborted();
    await run.fetch(files);
    for (const [{ hash }, matches] of await eraser.searchQuarantine(files))
      searched.quarantine.set(hash, matches);
    await onSearched(files);
  }
}

/** Writes the files of some folders again, without the rows of the actors. */
async function eraseFolders(
  run: WriteRun,
  eraser: ActorEraser,
  searched: Searched,
  folders: ReadonlyMap<string, readonly DataFile[]>,
): Promise<{ readonly data: RewrittenFolder[]; readonly quarantine: RewrittenFolder[] }> {
  const { state, options } = run;
  const data: RewrittenFolder[] = [];
  const quarantine: RewrittenFolder[] = [];
  const isQuarantine = new Set(state.quarantineFiles.map(({ path }) => parentOf(path)));
  let done = 0;
  for (const [folder, files] of folders) {
    options.signal?.throwIfAborted();
    await run.fetch(files);
    const isRejected = isQuarantine.has(folder);
    const listed = isRejected ? state.quarantineFiles : state.files;
    const others = listed.filter((file) => parentOf(file.path) === folder && !files.includes(file));
    const result = await (isRejected
      ? eraser.eraseQuarantine(folder, files, others)
      : eraser.erase(folder, files, others));
    const expected = isRejected ? countsOf(searched, [], files) : countsOf(searched, files, []);
    assertErased(options.lake, expected.rows + expected.byActor + expected.byText, result);
    (isRejected ? quarantine : data).push(result);
    done += 1;
    const fraction = searchShare + ((1 - searchShare) * done) / folders.size;
    options.onProgress?.({ phase: 'write', rows: 0, bytes: 0, totalBytes: 0, fraction });
    await run.trimCache();
  }
  return { data, quarantine };
}

/**
 * Refuses files that lack other rows than those that were found.
 * @throws HeadwaterError `ACCOUNTING_MISMATCH`
 */
function assertErased(lake: string, found: number, { rows }: RewrittenFolder): void {
  if (rows === found) return;
  const counts = { rowsIn: found, rowsOut: rows, duplicates: 0, quarantined: 0 };
  throw new HeadwaterError('ACCOUNTING_MISMATCH', { file: lake, ...counts });
}

type Counts = Omit<ErasurePass, 'runId' | 'sequence' | 'isCommitted' | 'texts' | 'traffic'>;

function countsOf(searched: Searched, files: readonly DataFile[], rejected: readonly DataFile[]): Counts {
  const matches = rejected.flatMap(({ hash }) => searched.quarantine.get(hash) ?? []);
  return {
    rows: files.reduce((sum, { hash }) => sum + (searched.rows.get(hash) ?? 0), 0),
    days: new Set(files.map(({ day }) => day)),
    byActor: matches.reduce((sum, { byActor }) => sum + byActor, 0),
    byText: matches.reduce((sum, { byText }) => sum + byText, 0),
    removed: files.length + rejected.length,
    written: 0,
  };
}

function matchesOf({ quarantine }: Searched, { hash }: DataFile): number {
  const { byActor = 0, byText = 0 } = quarantine.get(hash) ?? {};
  return byActor + byText;
}

const parentOf = (path: string): string => path.slice(0, path.lastIndexOf('/'));
const bytesOf = (files: readonly DataFile[]): number => files.reduce((sum, { bytes }) => sum + bytes, 0);

/** Files by the folder that they are in. */
const foldersOf = (files: readonly DataFile[]): ReadonlyMap<string, readonly DataFile[]> =>
  Map.groupBy(files, ({ path }) => parentOf(path));

/** The first folders whose files have `sliceBytes` together, at least one. */
function firstFolders(
  files: readonly DataFile[],
  sliceBytes: number,
): ReadonlyMap<string, readonly DataFile[]> {
  const slice = new Map<string, readonly DataFile[]>();
  let bytes = 0;
  for (const [folder, some] of foldersOf(files)) {
    bytes += bytesOf(some);
    if (slice.size > 0 && bytes > sliceBytes) break;
    slice.set(folder, some);
  }
  return slice;
}

/** Runs of files that are searched together. */
function* chunksOf(files: readonly DataFile[]): Generator<readonly DataFile[]> {
  let chunk: DataFile[] = [];
  for (const file of files) {
    if (chunk.length > 0 && (chunk.length === searchedFiles || bytesOf([...chunk, file]) > searchedBytes)) {
      yield chunk;
      chunk = [];
    }
    chunk.push(file);
  }
  if (chunk.length > 0) yield chunk;
}
