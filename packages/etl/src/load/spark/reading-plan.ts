import {
  type FileSchema,
  type SparkParquetPlan,
  sparkCsvSelect,
  sparkJsonSelect,
  sparkLayoutSelect,
  sparkLookupSelect,
  sparkParquetPlan,
} from '@headwater/core/internal';
import type { CsvHints } from '../../input/csv-layout.ts';

/** How inputs become raw rows, by format: Spark SQL over the views of their lines. */
export interface ReadingPlan {
  /** From `csv_lines` and `layouts`. */
  readonly csv: string;
  /** From `json_lines`. */
  readonly jsonl: string;
  /** The rows of `layouts` for inputs of which the plan has none, from `first_lines`. */
  readonly layouts: string;
  /** How values of each type become texts, and where columns are found (`parquet_frames.py`). */
  readonly parquet: SparkParquetPlan;
  /** Fills in the columns of lookups, from the raw rows in `rows_read`. Absent for a table without lookups. */
  readonly lookups?: string;
}

/** The SQL that reads a table's inputs. */
export const readingPlan = (file: FileSchema, hints: CsvHints): ReadingPlan => ({
  csv: sparkCsvSelect(file, { lines: 'csv_lines', layouts: 'layouts' }),
  jsonl: sparkJsonSelect(file, { lines: 'json_lines' }),
  layouts: sparkLayoutSelect(file, 'first_lines', hints),
  parquet: sparkParquetPlan(file),
  ...(file.lookups ? { lookups: sparkLookupSelect(file, 'rows_read') } : {}),
});
