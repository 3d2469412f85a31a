import type { CleaningStep } from '../../table/cleaning-step.ts';

/** The part of a definition that a rule comes from: a step of a column's cleaning, its type, or a rule of the table. */
export type DataQualitySource =
  | CleaningStep['step']
  | 'type'
  | 'rows'
  | 'duplicates'
  | 'folders'
  | 'freshness'
  | 'lookups';

/** What a definition says, and the DQDL that checks it. */
export interface DataQualityRule {
  /** The column. Absent for a rule of the whole table. */
  readonly column?: string;
  readonly source: DataQualitySource;
  /** What the definition says, in words. */
  readonly says: string;
  /** The rule in DQDL. Absent where DQDL cannot express it, or where no check is needed. */
  readonly rule?: string;
  /** Why there is no rule. */
  readonly note?: string;
}

/**
 * A check of a column: a rule in DQDL, or a condition in Spark SQL that no row may meet. The conditions of a column become one rule, so
 * that one scan of the column evaluates them all.
 */
export interface ColumnCheck {
  readonly source: DataQualitySource;
  readonly says: string;
  readonly rule?: string;
  readonly condition?: string;
  readonly note?: string;
}
