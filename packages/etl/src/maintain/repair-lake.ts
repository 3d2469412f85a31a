import { HeadwaterError } from '@headwater/core';
import {
  type DamagedLake,
  type DataFile,
  inParallel,
  keepsAllRows,
  type LakeState,
  manifestPath,
  readDamagedLake,
} from '@headwater/core/internal';
import { openParquetChecker } from '../engine/parquet-checker.ts';
import { type WriteRun, withWriteRun } from '../lake/write-run.ts';
import { openDuckdbEngine } from '../load/duckdb/duckdb-engine.ts';
import type { PartitionWork, UpkeepEngine } from '../load/load-engine.ts';
import { writeAndCommit } from '../load/write-and-commit.ts';
import { checkFiles } from './check-files.ts';
import { inspectLostFiles, type LostFiles } from './inspect-lost-files.ts';
import type { LakeProblem } from './lake-problem.ts';
import { planRepair, rewrittenFolders } from './plan-repair.ts';
import { ambiguousFile, missingFile } from './repair-problems.ts';
import type { RepairedFile, RepairOptions, RepairReport } from './repair-report.ts';
import { replaceManifests } from './replace-manifests.ts';

/**
 * Repairs a table that lost manifests, as happens when a backup is restored in part: one commit lists the data files again that
 * nothing else accounts for, with counts from the files themselves. Rows that the lake holds already are not added twice. Then
 * manifests take the places of those that are missing before later ones. The hashes of the inputs are lost with the manifests
 * (`inputsUnknown`), so a later load of the same input is not skipped.
 *
 * A listed file that is missing, and whose rows no other file is known to hold, is reported. With `dropDamaged` such files, and damaged
 * ones, are taken out of the lake, and the inputs that had rows in them may be loaded again.
 *
 * @throws HeadwaterError `LAKE_NOT_FOUND` when there is neither a commit nor a data file of the table
 */
export async function repairLake(options: RepairOptions): Promise<RepairReport> {
  const isDryRun = options.dryRun ?? false;
  const operation = { during: 'the repair', isRepeatable: true, isDryRun, isRepair: true };
  return withWriteRun(options, operation, (run) => repair(options, run));
}

const none: LostFiles = { data: [], outdated: new Set(), quarantine: [], problems: [] };

async function repair(options: RepairOptions, run: WriteRun): Promise<RepairReport> {
  const { schema, state, lost, store } = run;
  const damaged = await readDamagedLake(store, schema.name);
  const { unlisted = 'adopt', dropDamaged = false, dryRun = false, lake, signal } = options;
  if (state.sequence === 0 && lost.length === 0)
    throw new HeadwaterError('LAKE_NOT_FOUND', { lake, table: schema.name });
  await using checker = await openParquetChecker(run.staged('check'), 1, signal);
  const found = unlisted === 'adopt' ? await inspectLostFiles(run, checker) : none;
  const missing = await missingFiles(run);
  const folders = planRepair(
    state,
    found.data,
    missing,
    state.missing.length > 0 ? rewrittenFolders(damaged) : new Set(),
  );
  const quarantineReplaced = replacedQuarantine(run, found, missing);
  const unsound = dropDamaged
    ? (await checkFiles(store, schema, state, { signal })).map(({ file }) => file)
    : [];

  await using engine = await openDuckdbEngine(run);
  const adopted: DataFile[] = [];
  const works: (PartitionWork & { readonly laterFiles: readonly DataFile[] })[] = [];
  const replaced: DataFile[] = [];
  const problems: LakeProblem[] = [...found.problems];
  for (const { folder, day, present, lost: laterFiles, replaced: replacedFiles } of folders) {
    const existingFiles = present.filter(({ path }) => !unsound.includes(path));
    const files = [...existingFiles, ...laterFiles];
    if (laterFiles.length > 0) await run.fetch(files);
    if (laterFiles.length > 0 && keepsAllRows(schema) && (await shareRows(engine, files))) {
      // The lake goes on to list the files that these would replace: it does not say that it has fewer rows.
      problems.push(...laterFiles.map(ambiguousFile));
      continue;
    }
    replaced.push(...replacedFiles);
    if (laterFiles.length === 0) continue;
    const isOutdated = laterFiles.some(({ path }) => found.outdated.has(path));
    const isRepeated = !keepsAllRows(schema) && (await engine.repeatedRows(files)) > 0;
    if (!isRepeated && !isOutdated) adopted.push(...laterFiles);
    else works.push({ folder, day, staged: undefined, existingFiles, laterFiles, rewrite: true });
  }
  const gone = new Set([...replaced, ...quarantineReplaced].map(({ path }) => path));
  const listed = [...state.files, ...state.quarantineFiles];
  const dropped = listed.filter(({ path }) => unsound.includes(path) && !gone.has(path));
  const droppedPaths = new Set(dropped.map(({ path }) => path));
  const merged = works.flatMap(({ laterFiles }) => laterFiles);
  const data = [...adopted, ...merged];
  const inputs = reloadable(state, damaged, dropped);
  const isLeft = ({ path }: DataFile): boolean =>
    missing.has(path) && !gone.has(path) && !droppedPaths.has(path);
  problems.push(...listed.filter(isLeft).map((file) => missingFile(file, state, lake)));
  const inputsUnknown = data.length + found.quarantine.length + state.missing.length > 0;
  const removedRows = rowsOf([...replaced, ...state.files.filter(({ path }) => droppedPaths.has(path))]);
  let duplicates = 0;
  const written = await writeAndCommit(run, engine, {
    operation: 'repair',
    works,
    quarantine: { files: [], reasons: {} },
    quarantineRemoved: [...quarantineReplaced.map(({ path }) => path), ...droppedIn(state.quarantineFiles)],
    repair: {
      adopted,
      quarantineAdopted: found.quarantine,
      removed: [...replaced, ...merged].map(({ path }) => path).concat(droppedIn(state.files)),
      forgotten: inputs.map(({ hash }) => hash),
      inputsUnknown,
    },
    isCommitted: !dryRun && data.length + found.quarantine.length + dropped.length + replaced.length > 0,
    count(duplicatesByInput) {
      duplicates = [...duplicatesByInput.values()].reduce((sum, rows) => sum + rows, 0);
      const rowsOut = Math.max(0, rowsOf(data) - duplicates - removedRows);
      const quarantined = Math.max(0, rowsOf(found.quarantine) - rowsOf(quarantineReplaced));
      const rowsIn = rowsOut + duplicates + quarantined;
      return { inputs: [], rowsIn, rowsOut, duplicates, quarantined, filtered: 0 };
    },
    onWritten: (fraction) =>
      run.options.onProgress?.({ phase: 'write', rows: 0, bytes: 0, totalBytes: 0, fraction }),
  });
  const removed = unlisted === 'remove' ? lost.map(({ path }) => path) : [];
  if (!dryRun) {
    await store.remove(removed);
    if (damaged.missing.length > 0) await replaceManifests(run, damaged);
  }
  return {
    runId: run.id,
    table: schema.name,
    lake,
    dryRun,
    adopted: repaired(data),
    quarantineAdopted: repaired(found.quarantine),
    replaced: repaired([...replaced, ...quarantineReplaced]),
    dropped: repaired(dropped),
    removed,
    replacedManifests: damaged.missing.map((sequence) => manifestPath(schema.name, sequence)),
    inputsUnknown,
    reloadable: inputs.map(({ source }) => source),
    reloadsCountTwice: inputs.length > 0 && keepsAllRows(schema),
    rows: written.rowsOut,
    duplicates,
    problems,
    seconds: (Date.now() - run.startedAt.getTime()) / 1000,
  };

  function droppedIn(files: readonly DataFile[]): string[] {
    return files.map(({ path }) => path).filter((path) => droppedPaths.has(path));
  }
}

/** Whether two of the files hold the same row. Equal rows within one file are two events, where all rows are kept. */
async function shareRows(
  engine: Pick<UpkeepEngine, 'repeatedRows'>,
  files: readonly DataFile[],
): Promise<boolean> {
  if (files.length < 2) return false;
  let within = 0;
  for (const file of files) within += await engine.repeatedRows([file]);
  return (await engine.repeatedRows(files)) > within;
}

const rowsOf = (files: readonly DataFile[]): number => files.reduce((sum, { rows }) => sum + rows, 0);
const repaired = (files: readonly DataFile[]): RepairedFile[] =>
  files
    .map(({ path, rows }) => ({ file: path, rows }))
    .sort((left, right) => (left.file < right.file ? -1 : 1));

/** Files that are asked for at the same time. */
const parallelFiles = 16;

/** Paths that the lake lists and that are not there. */
async function missingFiles({ state, store }: WriteRun): Promise<ReadonlySet<string>> {
  const listed = [...state.files, ...state.quarantineFiles];
  const found = await inParallel(listed, parallelFiles, async ({ path }) =>
    (await store.info(path)) ? [] : [path],
  );
  return new Set(found.flat());
}

/** A lost replay removed every file of the quarantine; the lost files hold the rows. */
function replacedQuarantine(
  { state: { quarantineFiles } }: WriteRun,
  { data, quarantine }: LostFiles,
  missing: ReadonlySet<string>,
): readonly DataFile[] {
  const isReplay =
    quarantineFiles.length > 0 &&
    quarantineFiles.every(({ path }) => missing.has(path)) &&
    rowsOf([...data, ...quarantine]) >= rowsOf(quarantineFiles);
  return isReplay ? quarantineFiles : [];
}

/** The inputs of the commits that may have put rows into files that are dropped: they can be loaded again. */
function reloadable(
  state: LakeState,
  { manifests }: DamagedLake,
  dropped: readonly DataFile[],
): { readonly hash: string; readonly source: string }[] {
  const commits = dropped.flatMap(({ path }) => state.addedBy.get(path) ?? []);
  if (commits.length === 0) return [];
  // A compaction mixes the rows of every load before it.
  const last = Math.max(...commits);
  return manifests.filter(({ sequence }) => sequence <= last).flatMap(({ inputs }) => inputs);
}
