import { HeadwaterError } from '@headwater/core';
import { assertFilesRewritable } from '@headwater/core/internal';
import { addTraffic, type StoreTraffic } from '../lake/store-traffic.ts';
import type { WriteOptions } from '../lake/write-options.ts';
import { withWriteRun } from '../lake/write-run.ts';
import type { PartitionWork } from '../load/load-engine.ts';
import { type LoadEngineName, loadEngine } from '../load/open-load-engine.ts';
import { planCompaction } from '../load/plan-partitions.ts';
import { writeAndCommit } from '../load/write-and-commit.ts';

/** Bytes of replaced files in one commit on S3. S3 copies that many within seconds, sixteen files at a time. */
const sliceBytes = 1_000_000_000;

/** Options of a compaction. */
export interface CompactOptions extends WriteOptions {
  /**
   * What reads and writes the rows. Defaults to `duckdb`, in process; `spark` is the PySpark of this machine, which takes seconds to start.
   * Either compacts the files of the other.
   */
  readonly engine?: LoadEngineName | undefined;
}

/** The result of a compaction. */
export interface CompactReport {
  /** The run that made the first commit. */
  readonly runId: string;
  /** Commits that it made. More than one only on S3. */
  readonly commits: number;
  /** Folders that were rewritten. */
  readonly partitions: number;
  /** Folders that stay as they are: they hold texts that the definition no longer takes, and were allowed to. */
  readonly left: readonly string[];
  /** Ids of changes that were allowed now, and not before. */
  readonly allowed: readonly string[];
  readonly filesBefore: number;
  readonly filesAfter: number;
  readonly rows: number;
  readonly bytes: number;
  /** Leftovers of dead runs that this run removed, as paths below the lake. */
  readonly removedLeftovers: readonly string[];
  /** What the compaction moved and asked of a lake on S3. Null for a lake in a folder. */
  readonly traffic: StoreTraffic | null;
  readonly seconds: number;
}

/**
 * Brings every day to its canonical form: few files of the target size, sorted, with the same rows. The same rows loaded
 * in any order and any split give the same files, byte for byte, once compacted.
 *
 * Files that hold a column in another type than the definition are rewritten in it, so that every engine reads them. What
 * takes away values has to be allowed, even when a load was allowed to leave such files as they are.
 *
 * On S3 every few days are a commit of their own. Engines that read folders, such as Athena, see old and new files of those days while S3
 * copies: seconds, however large the lake is. A compaction that stops has done whole days, and the next one goes on.
 *
 * @throws HeadwaterError `LAKE_NOT_FOUND` when the lake holds no commit of the table, `SCHEMA_INCOMPATIBLE` when rewriting
 *   would lose values that are not allowed to be lost, or a value does not fit its new type,
 *   `FILES_NOT_REMOVED` when replaced files on S3 stay. It stops there, so that Athena counts no more rows twice
 */
export const compactLake = (options: CompactOptions): Promise<CompactReport> =>
  compactInSlices(options, sliceBytes);

/** Compacts a lake, on S3 with a commit for every `sliceBytes` of replaced files. A slice has at least one folder. */
export async function compactInSlices(options: CompactOptions, sliceBytes: number): Promise<CompactReport> {
  const started = performance.now();
  let { report, rest } = await compactSlice(options, sliceBytes);
  while (rest.length > 0) {
    const next = await compactSlice(options, sliceBytes, { folders: new Set(rest), before: report });
    report = merged(report, next.report);
    rest = next.rest;
  }
  return { ...report, seconds: (performance.now() - started) / 1000 };
}

/** What earlier slices leave to a slice. */
interface Continuation {
  /** The folders that are still to be rewritten. */
  readonly folders: ReadonlySet<string>;
  readonly before: CompactReport;
}

interface CompactedSlice {
  readonly report: CompactReport;
  /** Folders that were not looked at yet. */
  readonly rest: readonly string[];
}

const bytesOf = (works: readonly PartitionWork[]): number =>
  works.reduce((sum, { existingFiles }) => sum + existingFiles.reduce((all, { bytes }) => all + bytes, 0), 0);

async function compactSlice(
  options: CompactOptions,
  sliceBytes: number,
  continuation?: Continuation,
): Promise<CompactedSlice> {
  return withWriteRun(options, { during: 'the compaction', isRepeatable: true }, async (run) => {
    if (run.state.sequence === 0)
      throw new HeadwaterError('LAKE_NOT_FOUND', { lake: options.lake, table: run.schema.name });
    const { schema, state, allowed } = run;
    const all = planCompaction(schema, state).filter(
      ({ folder }) => continuation?.folders.has(folder) ?? true,
    );
    const paths = all.flatMap(({ existingFiles }) => existingFiles.map(({ path }) => path));
    assertFilesRewritable(schema, state, options.lake, paths, options.allow);
    // A folder's readers follow its manifests or its lock; only a shared lake has others.
    const planned = run.store.kind === 's3' ? firstSlice(all, sliceBytes) : all;
    await using engine = await loadEngine(options.engine).compact(run);
    await run.fetch(planned.flatMap(({ existingFiles }) => existingFiles));
    const left = await engine.unfitFolders(planned);
    const works = planned.filter(({ folder }) => !left.includes(folder));
    const before = works.flatMap(({ existingFiles }) => existingFiles);
    const bytesBefore = continuation?.before.bytes ?? 0;
    const totalBytes = bytesBefore + bytesOf(all);
    const rows = before.reduce((sum, file) => sum + file.rows, 0);
    const written = await writeAndCommit(run, engine, {
      operation: 'compact',
      works,
      quarantine: { files: [], reasons: {} },
      quarantineRemoved: [],
      isCommitted: works.length > 0 || allowed.length > 0,
      count: () => ({ inputs: [], rowsIn: 0, rowsOut: 0, duplicates: 0, quarantined: 0, filtered: 0 }),
      onWritten(share) {
        const bytes = bytesBefore + share * bytesOf(planned);
        const fraction = totalBytes === 0 ? 1 : bytes / totalBytes;
        run.options.onProgress?.({ phase: 'write', rows, bytes, totalBytes, fraction });
      },
    });
    const report = {
      runId: run.id,
      commits: works.length > 0 || allowed.length > 0 ? 1 : 0,
      partitions: works.length,
      left,
      allowed,
      filesBefore: before.length,
      filesAfter: written.files,
      rows,
      bytes: written.bytes,
      removedLeftovers: run.removedLeftovers,
      traffic: run.traffic(),
      seconds: 0,
    };
    return { report, rest: all.slice(planned.length).map(({ folder }) => folder) };
  });
}

/** The first folders whose files have `sliceBytes` together, at least one. */
function firstSlice(works: readonly PartitionWork[], sliceBytes: number): readonly PartitionWork[] {
  let bytes = 0;
  const end = works.findIndex((work, index) => {
    bytes += bytesOf([work]);
    return index > 0 && bytes > sliceBytes;
  });
  return end < 0 ? works : works.slice(0, end);
}

const merged = (one: CompactReport, other: CompactReport): CompactReport => ({
  runId: one.runId,
  commits: one.commits + other.commits,
  partitions: one.partitions + other.partitions,
  left: [...one.left, ...other.left],
  allowed: [...new Set([...one.allowed, ...other.allowed])],
  filesBefore: one.filesBefore + other.filesBefore,
  filesAfter: one.filesAfter + other.filesAfter,
  rows: one.rows + other.rows,
  bytes: one.bytes + other.bytes,
  removedLeftovers: [...one.removedLeftovers, ...other.removedLeftovers],
  traffic: addTraffic(one.traffic, other.traffic),
  seconds: one.seconds + other.seconds,
});
