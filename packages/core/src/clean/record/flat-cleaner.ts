import type { FileSchema } from '../../table/file-schema.ts';
import { type CleanResult, resultOf } from './clean-result.ts';
import { columnCleaner, columnParts } from './column-cleaner.ts';
import { createFlatReader, emptyRecord, flatText } from './flat-record.ts';
import { notLookedUp } from './look-up.ts';
import type { Rejection } from './rejection.ts';
import type { RowTexts } from './text-cleaner.ts';
import { usualCleaner } from './usual-column.ts';
import type { CleanValue } from './value-parser.ts';

/**
 * Cleans a record.
 *
 * @param bytes the text in UTF-8, and a 0 after it
 * @returns undefined for a text that has to be read as any JSON
 */
export type FlatCleaner = (text: string, bytes: Uint8Array) => CleanResult | undefined;

/**
 * The cleaning of JSON objects that `createFlatReader` reads. It has the results of reading any JSON and cleaning its texts, and saves
 * most of the time.
 *
 * @param cleanTexts cleans the texts of a row, for tables whose conditions or lookups need them
 * @returns undefined for a table whose columns are not read so
 */
export function createFlatCleaner(
  file: FileSchema,
  cleanTexts: (texts: RowTexts) => CleanResult,
): FlatCleaner | undefined {
  const read = createFlatReader(file.columns);
  if (!read) return undefined;
  const { length } = file.columns;
  const record = emptyRecord(length);
  const isRead = (text: string, bytes: Uint8Array): boolean => {
    record.text = text;
    record.bytes = bytes;
    return read(record);
  };
  if (file.where || file.lookups) {
    const places = file.columns.map((_, place) => place);
    return (text, bytes) =>
      isRead(text, bytes) ? cleanTexts(places.map((place) => flatText(record, place))) : undefined;
  }
  const columns = file.columns.map((column) => {
    const parts = columnParts(column);
    return { clean: columnCleaner(parts), cleanUsual: usualCleaner(column, parts) };
  });
  const values = columns.map((): CleanValue | Rejection => null);
  const resultWith = resultOf(file.columns);
  return (text, bytes) => {
    if (!isRead(text, bytes)) return undefined;
    for (let place = 0; place < length; place += 1) {
      const { clean, cleanUsual } = columns[place] as (typeof columns)[number];
      const usual =
        cleanUsual === undefined || record.starts[place] === -1 ? undefined : cleanUsual(record, place);
      values[place] = usual === undefined ? clean(flatText(record, place)) : usual;
    }
    return resultWith(values, notLookedUp);
  };
}
