import {
  type CleanResult,
  type CleanValue,
  type Column,
  createRecordCleaner,
  type RawRecord,
  type RecordCleanerOptions,
  type TableSchema,
} from '../../../src/index.ts';
import { codesOf, hexOf, type Outcome, textOf } from './outcome.ts';

/** What the record function makes of rows. */
export function recordOutcomes(
  schema: TableSchema,
  records: readonly RawRecord[],
  options?: RecordCleanerOptions,
): Outcome[] {
  const clean = createRecordCleaner(schema, options);
  return records.map((record) => outcomeOf(schema, clean(record)));
}

/** The outcome that a result is. */
export function outcomeOf(schema: TableSchema, result: CleanResult): Outcome {
  if (!result.accepted)
    return {
      values: null,
      reasons: codesOf(result.reasons),
      ...(result.filtered ? { filtered: true as const } : {}),
    };
  return {
    values: schema.columns.map((column) => comparable(column, result.row[column.name])),
    reasons: [],
    nulled: codesOf(result.nulled ?? []),
  };
}

const comparable = (column: Column, value: CleanValue | undefined): string | null =>
  column.type.kind === 'string' && typeof value === 'string' ? hexOf(value) : textOf(value);
