import { type AwsTarget, HeadwaterError, type UnprojectedDays } from '@headwater/core';
import {
  assertFilesRewritable,
  type DataFile,
  type Manifest,
  type ManifestListing,
  type ManifestLookup,
  unprojectedDays,
} from '@headwater/core/internal';
import type { CommitParts, WriteRun } from '../lake/write-run.ts';
import { measureChange } from '../telemetry/measured-change.ts';
import { telemetry } from '../telemetry/telemetry.ts';
import type {
  LoadEngine,
  NulledValues,
  PartitionWork,
  QuarantineResult,
  WrittenPartitions,
} from './load-engine.ts';
import { type SparsePartitions, sparsePartitions } from './sparse-partitions.ts';

/** A manifest's counts. */
type Counts = Pick<CommitParts, 'inputs' | 'rowsIn' | 'rowsOut' | 'duplicates' | 'quarantined'> & {
  readonly filtered: number;
};

/** A change of a table that is about to be written. */
export interface Change {
  readonly operation: Manifest['operation'];
  readonly works: readonly PartitionWork[];
  readonly quarantine: QuarantineResult;
  readonly quarantineRemoved: readonly string[];
  /** The bad values that became null in the rows of the change. */
  readonly nulled?: readonly NulledValues[];
  /** The lookups of the rows. */
  readonly lookups?: readonly ManifestLookup[];
  /** The places on S3 that were listed for the inputs. */
  readonly listings?: readonly ManifestListing[];
  /** What a repair lists again, takes out of the lake, and allows to be loaded again. */
  readonly repair?: {
    readonly adopted: readonly DataFile[];
    readonly quarantineAdopted: readonly DataFile[];
    readonly removed: readonly string[];
    readonly forgotten: readonly string[];
    readonly inputsUnknown: boolean;
  };
  /** Where the tables are on AWS, if they are. */
  readonly aws?: Pick<AwsTarget, 'firstDay' | 'lastDay'> | undefined;
  /** False when the change is to be written and checked, but not committed. */
  readonly isCommitted: boolean;
  /** The manifest's counts, given the duplicates that writing found. */
  count(duplicates: WrittenPartitions['duplicates']): Counts;
  /** @param share of the folders that are written, 0 to 1 */
  onWritten(share: number): void;
  /** Called when the counts are right, before the commit. */
  onCommit?(): void;
}

/** A change that was written, and committed unless the caller did not want that. */
export interface WrittenChange extends Counts {
  /** Folders that got files. */
  readonly partitions: number;
  /** UTC days that got files. */
  readonly days: number;
  readonly files: number;
  readonly bytes: number;
  readonly sparsePartitions: SparsePartitions | null;
  readonly unprojected: UnprojectedDays | null;
}

/**
 * Writes a change's folders, checks its counts and commits it: the one way in which rows become part of a lake.
 *
 * @throws HeadwaterError `ACCOUNTING_MISMATCH` when the files do not hold the rows that the counts say
 */
export async function writeAndCommit(
  run: WriteRun,
  engine: Pick<LoadEngine, 'writePartitions'>,
  change: Change,
): Promise<WrittenChange> {
  const { works, quarantine, repair } = change;
  const written = await telemetry.inSpan(
    'headwater.files',
    { attributes: { 'headwater.folders': works.length } },
    () => engine.writePartitions(works, (done) => change.onWritten(done / works.length)),
  );
  const counts = change.count(written.duplicates);
  const removed = [...written.removed, ...(repair?.removed ?? [])];
  const added = [...written.files.map(({ file }) => file), ...(repair?.adopted ?? [])];
  assertWritten(run, change.operation, counts, added, removed);
  // Compactions ask before they write; a load learns here which files its rows replace.
  const { schema, state, options } = run;
  assertFilesRewritable(schema, state, options.lake, written.removed, options.allow);
  change.onCommit?.();
  const commit = () =>
    run.commit({
      operation: change.operation,
      ...counts,
      reasons: { ...quarantine.reasons },
      nulled: change.nulled ?? [],
      lookups: change.lookups ?? [],
      listings: change.listings ?? [],
      added: written.files,
      removed,
      quarantineAdded: quarantine.files,
      quarantineRemoved: [...change.quarantineRemoved],
      adopted: repair?.adopted ?? [],
      quarantineAdopted: repair?.quarantineAdopted ?? [],
      forgotten: repair?.forgotten ?? [],
      inputsUnknown: repair?.inputsUnknown ?? false,
    });
  if (change.isCommitted) await telemetry.inSpan('headwater.commit', {}, commit);
  const files = written.files.map(({ file }) => file);
  const all = [...keptFiles(run, written), ...files];
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  measureChange({
    ...{ table: schema.name, operation: change.operation, isCommitted: change.isCommitted },
    ...{ ...counts, files: files.length, bytes },
  });
  return {
    ...counts,
    partitions: new Set(files.map(({ path }) => path.slice(0, path.lastIndexOf('/')))).size,
    days: new Set(files.map(({ day }) => day)).size,
    files: files.length,
    bytes,
    sparsePartitions: sparsePartitions(run.schema, all),
    unprojected: change.aws ? unprojectedDays(all, change.aws) : null,
  };
}

function keptFiles({ state }: WriteRun, { removed }: WrittenPartitions): DataFile[] {
  const gone = new Set(removed);
  return state.files.filter(({ path }) => !gone.has(path));
}

/** The rows of the files, as their writer counted them, less those of the replaced files are the rows that came in. */
function assertWritten(
  run: WriteRun,
  operation: Change['operation'],
  counts: Counts,
  added: readonly DataFile[],
  removed: readonly string[],
): void {
  // A file in the place of a listed one takes its rows out of the lake as well.
  const paths = new Set([...removed, ...added.map(({ path }) => path)]);
  const before = run.state.files
    .filter(({ path }) => paths.has(path))
    .reduce((sum, { rows }) => sum + rows, 0);
  const grown = added.reduce((sum, { rows }) => sum + rows, 0) - before;
  // A repair may take damaged files out of the lake; it counts only the rows that it adds.
  const rowsOut = operation === 'repair' ? Math.max(0, grown) : grown;
  const { rowsIn, duplicates, quarantined } = counts;
  if (rowsOut !== counts.rowsOut)
    throw new HeadwaterError('ACCOUNTING_MISMATCH', {
      file: run.options.lake,
      rowsIn,
      rowsOut,
      duplicates,
      quarantined,
    });
}
