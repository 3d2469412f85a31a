import { type FileSchema, sparkCsvSelect, sparkJsonSelect } from '@headwater/core/internal';

/** How inputs become raw rows, by format: Spark SQL over the views of their lines. */
export interface ReadingPlan {
  /** From `csv_lines` and `layouts`. */
  readonly csv: string;
  /** From `json_lines`. */
  readonly jsonl: string;
}

/** The SQL that reads a table's inputs. */
export const readingPlan = (file: FileSchema): ReadingPlan => ({
  csv: sparkCsvSelect(file, { lines: 'csv_lines', layouts: 'layouts' }),
  jsonl: sparkJsonSelect(file, { lines: 'json_lines' }),
});
