import { HeadwaterError } from '../errors/headwater-error.ts';
import {
  cleanedEvents,
  type FileColumn,
  type FileSchema,
  fileSchema,
  isReadFromFile,
} from './file-schema.ts';
import type { TableSchema } from './table-schema.ts';

/**
 * How events come to the files that a delivery stream writes: cleaned by a transform, or as the records were, text by text.
 */
export type LandedForm = 'cleaned' | 'records';

/**
 * A table as the files of a delivery stream have it: every column under its own name, and none in a path or a list.
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
  const file = fileSchema(schema, form === 'records' ? source : cleanedEvents);
  return {
    ...file,
    columns: file.columns.map((column): FileColumn => {
      if (!isReadFromFile(column)) return column;
      const { path: _, ...own } = { ...column, fields: [column.name] };
      return own;
    }),
  };
}
