import { HeadwaterError } from '../errors/headwater-error.ts';
import type { CleaningStep } from './cleaning-step.ts';
import { type FileColumn, type FileSchema, fileSchema, isReadFromFile } from './file-schema.ts';
import type { Column, TableSchema } from './table-schema.ts';

/**
 * How events come to the files that a delivery stream writes: cleaned by a transform, or as the records were, text by text.
 */
export type LandedForm = 'cleaned' | 'records';

/** The source under which manifests have files of cleaned events. A definition's own sources have no spaces in their names. */
export const cleanedEvents = 'cleaned events';

/**
 * A table as the files of a delivery stream have it: every column under its own name, and none in a path or a list.
 *
 * Clean values are not cleaned twice: a step that replaces texts could replace its own result. Types, ranges and patterns are
 * checked once more, so that nothing gets into the lake that the definition rules out by now.
 *
 * @param source for records: the source of the table whose constants and conditions apply
 * @throws HeadwaterError `FIREHOSE_UNSUPPORTED` for a table that explodes a list
 */
export function landedSchema(schema: TableSchema, form: LandedForm, source?: string): FileSchema {
  if (schema.explode)
    throw new HeadwaterError('FIREHOSE_UNSUPPORTED', {
      table: schema.name,
      problem:
        'a record has a list of which each element is a row, and a transform answers one row for a record',
      fix: 'Send a record for each element, or land the records as JSON Lines and load them by headwater etl run',
    });
  const file = fileSchema(schema, form === 'records' ? source : undefined);
  const columns = file.columns.map((column): FileColumn => {
    if (!isReadFromFile(column)) return column;
    const { path: __, ...own } = { ...column, fields: [column.name] };
    return form === 'cleaned' ? { ...own, steps: checksOf(column) } : own;
  });
  return { ...file, columns, ...(form === 'cleaned' ? { source: cleanedEvents } : {}) };
}

const checks: readonly CleaningStep['step'][] = ['required', 'one-of', 'range', 'pattern', 'length'];

/** The steps of a column without those that read or replace its texts. */
const checksOf = ({ steps }: Column): CleaningStep[] =>
  steps.flatMap((step): CleaningStep[] => {
    if (step.step === 'parse') return [{ step: 'parse' }];
    return checks.includes(step.step) ? [step] : [];
  });
