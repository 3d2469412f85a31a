import type { TextFacts } from '@headwater/core/internal';

/** A relation of raw rows: texts `r0..rn` in the table's column order, and SQL that restores the raw row. */
export interface RawRelation {
  /** A SELECT that gives `r0..rn`, and the columns that `rawText` and `broken` use. */
  readonly select: string;
  /** SQL for the raw row as text. Evaluated for rejected rows only. */
  readonly rawText: string;
  /** SQL for the reasons to reject the row before its texts are cleaned: a list of {@link reasonType}, or NULL. */
  readonly broken: string;
  /**
   * For a table with a row per element of a list: SQL for the number of rows of a record on its first row, and 0 on the others.
   * Absent where every row is a record.
   */
  readonly recordRows?: string;
  /** SQL for reasons to reject the row beside those that its texts give: a list as `broken`, or NULL. */
  readonly unmatched?: string;
  /** Properties of all its texts. */
  readonly facts?: TextFacts;
}

/** The engine's type of a reason; a null column means the row as a whole. */
export const reasonType = 'STRUCT("column" VARCHAR, code VARCHAR)';

/** No row is rejected but for its texts. */
export const noReasons = `NULL::${reasonType}[]`;

/** SQL for one reason, a text or an expression for the column. */
export const reasonSql = (column: string, code: string): string =>
  `struct_pack("column" := ${column}, code := '${code}')`;
