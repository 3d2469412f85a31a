import { assertSource } from '../../table/assert-source.ts';
import { type FileColumn, fieldNames, fileSchema } from '../../table/file-schema.ts';
import type { TableSchema } from '../../table/table-schema.ts';
import type { CleanResult } from './clean-result.ts';
import { type LookupRows, recordLookups } from './record-lookups.ts';
import { createTextCleaner } from './text-cleaner.ts';

/**
 * A raw record: texts by the names of the columns, their former names or their aliases. Case matters, as in JSON Lines. An absent
 * column is null.
 */
export type RawRecord = Readonly<Record<string, string | null | undefined>>;

/** What a record is like. */
export interface RecordCleanerOptions {
  /**
   * The source of the records, as for a load: its constants, the names of its fields, and its conditions. The records of a
   * source by position have the names of the columns.
   */
  readonly source?: string | undefined;
  /** The rows of each lookup of the table. */
  readonly lookups?: Readonly<Record<string, LookupRows>> | undefined;
}

/**
 * Compiles a table's cleaning to a function over one record of raw texts. It has the same results as the SQL of bulk
 * loads. It sees one record, so it decides about no duplicate: a load does, by the rule of `DuplicatesConfig`.
 *
 * @example
 * ```ts
 * const clean = createRecordCleaner(clickstream.schema);
 * clean({ event_time: '2019-10-01 00:00:00 UTC', price: '-1', ... });
 * // { accepted: false, reasons: [{ column: 'price', code: 'below_minimum' }] }
 * ```
 */
export function createRecordCleaner(
  schema: TableSchema,
  { source, lookups: given = {} }: RecordCleanerOptions = {},
): (record: RawRecord) => CleanResult {
  assertSource(schema, source);
  const file = fileSchema(schema, source);
  const readers = file.columns.map(fieldReader);
  const clean = createTextCleaner(file, recordLookups(schema, given, createRecordCleaner));
  const texts = readers.map((): string | null => null);
  return (record) => {
    for (const [place, read] of readers.entries()) texts[place] = read(record);
    return clean(texts);
  };
}

/**
 * The raw text of a column in a record: the first one that is not null, under the column's names in their order, as in JSON Lines.
 * Own members only: a column may be named `constructor`.
 */
function fieldReader(column: FileColumn): (record: RawRecord) => string | null {
  const { constant } = column;
  if (constant !== undefined) return () => constant;
  const names = fieldNames(column);
  return (record) => {
    for (const one of names) {
      const text = Object.hasOwn(record, one) ? record[one] : null;
      if (text !== null && text !== undefined) return text;
    }
    return null;
  };
}
