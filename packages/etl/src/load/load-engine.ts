import type { DataFile, FileSchema, ManifestLookup } from '@headwater/core/internal';
import type { ColumnGap } from '../input/column-gap.ts';
import type { InputFile } from '../input/input-file.ts';
import type { InputObject } from '../input/input-object.ts';
import type { WrittenFile } from '../lake/written-file.ts';
import type { LoadOptions } from './load-report.ts';
import type { ProgressReporter } from './progress-reporter.ts';

/** One input after it was read and cleaned. */
export interface StagedInput {
  readonly source: string;
  /** The object on S3 that was read, with its version. Undefined for other inputs. */
  readonly object?: InputObject | undefined;
  /** Hash of the bytes as read: a second load of the same content is recognized by it. */
  readonly hash: string;
  readonly bytes: number;
  /** Whether nothing is staged, and all counts are 0: the same content was loaded before, or the input is empty. */
  readonly skipped: boolean;
  /** Whether the input has no bytes. */
  readonly isEmpty: boolean;
  /**
   * Rows counted from the bytes (text) or from the footer (Parquet), independent of what the engine found. An exploded table has
   * more: those of {@link records}, and what the lengths of their lists add.
   */
  readonly rows: number;
  /** Records counted from the bytes or from the footer, where a table has a row per element of a list. */
  readonly records?: number;
  readonly accepted: number;
  readonly rejected: number;
  /** Rows that the conditions of the source left out. */
  readonly filtered: number;
  /** Columns that the file has and the table has not, and the reverse. */
  readonly gap: ColumnGap;
}

/** The file of a lookup. */
export interface LookupFile {
  readonly name: string;
  readonly file: InputFile;
}

/** Options for reading inputs. */
export interface ReadOptions extends Pick<LoadOptions, 'stdin' | 'delimiter' | 'header'> {
  /** The table as the inputs have it. */
  readonly file: FileSchema;
  /** Hashes of the inputs that were loaded before, as the same source. */
  readonly known: ReadonlySet<string>;
  readonly progress: ProgressReporter;
  /** Called for each input when its rows are staged. @param share of the inputs that are staged, 0 to 1 */
  onStaged(input: StagedInput, share: number): void;
}

/** The quarantined rows that were staged again. */
export interface StagedQuarantine {
  readonly accepted: number;
  readonly rejected: number;
  /** Rows that the present conditions of their source leave out. */
  readonly filtered: number;
}

/** The rejected rows of a run, as files, and why they were rejected. */
export interface QuarantineResult {
  readonly files: readonly WrittenFile[];
  /** Rows by reason, `column:code`, or `line:code` for lines that are broken as a whole. A row may have several. */
  readonly reasons: Readonly<Record<string, number>>;
}

/** A reason for rejecting rows, and the place of the first row that it rejected. */
export interface RejectionExample {
  /** `column:code`, or `line:code`. */
  readonly reason: string;
  readonly rows: number;
  readonly source: string;
  /** Null where the input has no lines. */
  readonly line: number | null;
}

/** Bad values of one column that became null for one reason, and the place of the first. */
export interface NulledValues {
  readonly column: string;
  /** The code that would have rejected the rows. */
  readonly code: string;
  /** Accepted rows, before duplicates were dropped. */
  readonly rows: number;
  readonly source: string;
  /** Null where the input has no lines. */
  readonly line: number | null;
}

/** The quarantine without the discarded rows. */
export interface SplitQuarantine {
  /** The rows that stay, of the files that are removed. */
  readonly files: readonly WrittenFile[];
  /** Paths of the files that held discarded rows. */
  readonly removed: readonly string[];
  readonly discarded: number;
  /** Discarded rows by reason. */
  readonly reasons: Readonly<Record<string, number>>;
  /** Every reason in the quarantine. */
  readonly known: readonly string[];
}

/** A folder of the lake that staged rows belong to. */
export interface StagedFolder {
  /** Such as `clickstream/dt=2019-10-01`. */
  readonly folder: string;
  /** Its UTC day. */
  readonly day: string;
  /** How the engine finds the folder's staged rows again; no one else reads it. */
  readonly rows: string;
}

/** One folder's rows to write. */
export interface PartitionWork {
  readonly folder: string;
  readonly day: string;
  /** {@link StagedFolder.rows}; undefined when no rows are staged for the folder. */
  readonly staged: string | undefined;
  /** The folder's committed files. They are on this machine. */
  readonly existingFiles: readonly DataFile[];
  /** Data files whose rows a repair adds, in the order in which they were loaded after the committed ones. */
  readonly laterFiles?: readonly DataFile[];
  /** Write the whole folder again, as a compaction does, instead of only the new rows. */
  readonly rewrite: boolean;
}

/** What was written, in the order of the folders. */
export interface WrittenPartitions {
  readonly files: readonly WrittenFile[];
  /** Paths of committed files that the written ones replace. */
  readonly removed: readonly string[];
  /** Rows dropped as duplicates, by the input's position among those that were staged; -1 counts rows that were in the lake. */
  readonly duplicates: ReadonlyMap<number, number>;
}

/**
 * The part of a load that handles rows. The operation plans, accounts and commits; the engine reads, cleans, de-duplicates, sorts
 * and writes files into the run's staging folder. It is open for one run.
 */
export interface LoadEngine extends AsyncDisposable {
  /**
   * Reads the files of the table's lookups. Call it before anything is staged.
   *
   * @throws HeadwaterError `LOOKUP_INVALID`
   */
  loadLookups(files: readonly LookupFile[]): Promise<void>;
  /** The lookups that were loaded, with the rows so far that have no match. */
  lookups(): ManifestLookup[];
  /** Reads and cleans the inputs that were not loaded before, and stages their rows. */
  stageInputs(files: readonly InputFile[], options: ReadOptions): Promise<StagedInput[]>;
  /** Writes the rejected rows that were staged. */
  writeQuarantine(): Promise<QuarantineResult>;
  /** The bad values of the staged rows that became null, the commonest first. */
  nulledValues(): Promise<NulledValues[]>;
  /** The commonest reasons of the rejected rows that were written. */
  rejectionExamples(limit: number): Promise<RejectionExample[]>;
  /**
   * Settles duplicates whose rows may be in different folders. Call it once, before {@link stagedFolders}.
   *
   * @param files all committed files
   * @returns folders with rows in the lake that a staged row replaces
   */
  settleAcrossFolders(files: readonly DataFile[]): Promise<ReadonlySet<string>>;
  /** The folders that staged rows belong to, in order. */
  stagedFolders(): Promise<StagedFolder[]>;
  /**
   * @throws HeadwaterError `SCHEMA_INCOMPATIBLE` for a committed value that does not fit its new type
   * @param onWritten called with the number of folders that are done
   */
  writePartitions(
    works: readonly PartitionWork[],
    onWritten: (done: number) => void,
  ): Promise<WrittenPartitions>;
}

/** The quarantined rows of some actors. */
export interface QuarantineMatches {
  /** Rows whose actor is one of them. */
  readonly byActor: number;
  /** Rows without a known actor whose text has one of the ids as a word. */
  readonly byText: number;
}

/** Files of a folder that were written again without some rows. */
export interface RewrittenFolder {
  readonly files: readonly WrittenFile[];
  /** Paths of the committed files that they replace. */
  readonly removed: readonly string[];
  /** The rows that the new files lack. */
  readonly rows: number;
}

/** The part of an erasure that handles rows. The files that it is given are on this machine. */
export interface ActorEraser extends AsyncDisposable {
  /** The ids in lower case, as they were given and as they are stored. */
  readonly texts: readonly string[];
  /**
   * The files that hold no row of the actors, by the statistics in their footers.
   *
   * @param footers by file, the path of a local file that has its footer. Its rows may be missing
   */
  ruledOut(footers: ReadonlyMap<DataFile, string>): Promise<ReadonlySet<DataFile>>;
  /** Counts the rows of the actors by file. Files without any are left out. */
  search(files: readonly DataFile[]): Promise<ReadonlyMap<DataFile, number>>;
  searchQuarantine(files: readonly DataFile[]): Promise<ReadonlyMap<DataFile, QuarantineMatches>>;
  /**
   * Writes files of a folder without the rows of the actors, with the others in their order.
   *
   * @param others the other files of the folder
   * @throws HeadwaterError `SCHEMA_INCOMPATIBLE` for a committed value that does not fit its new type
   */
  erase(folder: string, files: readonly DataFile[], others: readonly DataFile[]): Promise<RewrittenFolder>;
  eraseQuarantine(
    folder: string,
    files: readonly DataFile[],
    others: readonly DataFile[],
  ): Promise<RewrittenFolder>;
}

/** The part of an engine that rewrites folders as they are. */
export interface CompactionEngine extends Pick<LoadEngine, 'writePartitions'>, AsyncDisposable {
  /**
   * The folders whose committed files hold texts that the definition no longer takes: they cannot be merged. The files are on this
   * machine.
   */
  unfitFolders(works: readonly PartitionWork[]): Promise<string[]>;
}

/** The part of an engine that tries quarantined rows again. */
export interface ReplayEngine extends Omit<LoadEngine, 'stageInputs'> {
  /** Stages the rows of quarantine files again, under the present definition. The files are on this machine. */
  stageQuarantine(files: readonly DataFile[]): Promise<StagedQuarantine>;
}

/** An engine that also handles rows that are in the lake or its quarantine: for compactions, replays, discards and repairs. */
export interface UpkeepEngine extends LoadEngine, CompactionEngine, ReplayEngine {
  /** Writes the quarantined rows that stay when those with a reason, or all of them, are discarded. */
  splitQuarantine(files: readonly DataFile[], reason: string | undefined): Promise<SplitQuarantine>;
  /** Counts the rows of files of one folder that the table's rule about duplicates would drop. */
  repeatedRows(files: readonly DataFile[]): Promise<number>;
}
