import type { WriteOptions } from '../lake/write-options.ts';
import type { LakeProblem } from './lake-problem.ts';

/** Options of a repair. */
export interface RepairOptions extends WriteOptions {
  /**
   * What happens to data files whose manifest was lost: `adopt`, the default, lists them again; `remove` deletes them with
   * their rows.
   */
  readonly unlisted?: 'adopt' | 'remove' | undefined;
  /** Take files out of the lake that are missing or damaged. Their rows are lost, unless their inputs are loaded again. */
  readonly dropDamaged?: boolean | undefined;
  /** Report what a repair would do. Nothing below the lake changes. */
  readonly dryRun?: boolean | undefined;
}

/** A file that a repair handled. */
export interface RepairedFile {
  readonly file: string;
  readonly rows: number;
}

/** The result of a repair, or with `dryRun` what one would do. */
export interface RepairReport {
  readonly runId: string;
  readonly table: string;
  readonly lake: string;
  readonly dryRun: boolean;
  /** Data files whose manifest was lost, and that the lake lists again. */
  readonly adopted: readonly RepairedFile[];
  /** The same of the quarantine. */
  readonly quarantineAdopted: readonly RepairedFile[];
  /** Listed files that are gone because the lost commits rewrote their folders: adopted files hold their rows. */
  readonly replaced: readonly RepairedFile[];
  /** Missing or damaged files that were taken out of the lake, with their rows. */
  readonly dropped: readonly RepairedFile[];
  /** Unlisted files that were deleted. */
  readonly removed: readonly string[];
  /** Manifests that were missing before later ones, and are written anew. */
  readonly replacedManifests: readonly string[];
  /**
   * Whether inputs of the lake are unknown now, because the lost manifests named them: a load of the same input is not skipped.
   * Its rejected rows are quarantined again. Its rows are duplicates, unless the table keeps equal rows, or the last row of a
   * key whatever its columns say. Loads report it as `unknownInputs`.
   */
  readonly inputsUnknown: boolean;
  /** Inputs with rows in a dropped file: they can be loaded again. */
  readonly reloadable: readonly string[];
  /**
   * Whether such an input, loaded again, adds rows that the lake still holds: the table keeps equal rows. Then load only the rows of
   * the dropped files' days.
   */
  readonly reloadsCountTwice: boolean;
  /** Rows that the lake gained. */
  readonly rows: number;
  /** Rows of adopted files that the lake held already. */
  readonly duplicates: number;
  /** Files that the repair could not handle; the lake is not sound until they are. */
  readonly problems: readonly LakeProblem[];
  readonly seconds: number;
}
