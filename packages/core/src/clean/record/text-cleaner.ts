import type { FileSchema } from '../../table/file-schema.ts';
import { type CleanResult, resultOf } from './clean-result.ts';
import { columnCleaner, columnParts } from './column-cleaner.ts';
import { lookUp, notLookedUp } from './look-up.ts';
import type { RecordLookup } from './record-lookups.ts';
import { isRejection, type Rejection } from './rejection.ts';
import { rowFilter, type TextOf } from './row-filter.ts';
import type { CleanValue } from './value-parser.ts';

/** The raw texts of a row, in the order of the table's columns. */
export type RowTexts = readonly (string | null)[];

/**
 * The cleaning of one row of raw texts.
 *
 * @param file the schema of the files of a source
 * @param lookups the lookups of the table, with their rows
 */
export function createTextCleaner(
  file: FileSchema,
  lookups: readonly RecordLookup[] = [],
): (texts: RowTexts) => CleanResult {
  const columns = file.columns.map((column) => {
    const parts = columnParts(column);
    return { lookup: column.lookup, clean: columnCleaner(parts), textOf: parts.prepared };
  });
  const isMet = rowFilter(file);
  const places = new Map(file.columns.map(({ name }, place) => [name, place]));
  const resultWith = resultOf(file.columns);
  const values = columns.map((): CleanValue | Rejection => null);
  const textsOf =
    (texts: RowTexts): TextOf =>
    (name) => {
      const place = places.get(name);
      return place === undefined ? null : (columns[place]?.textOf(texts[place] ?? null) ?? null);
    };
  const keysOf = (texts: RowTexts) => (name: string) => {
    const place = places.get(name) ?? -1;
    const key = columns[place]?.clean(texts[place] ?? null) ?? null;
    return isRejection(key) ? null : key;
  };
  return (texts) => {
    if (isMet && !isMet(textsOf(texts))) return { accepted: false, reasons: [], filtered: true };
    const looked = lookups.length > 0 ? lookUp(lookups, keysOf(texts)) : notLookedUp;
    for (const [place, { lookup, clean }] of columns.entries())
      values[place] = clean(lookup ? looked.textOf(lookup) : (texts[place] ?? null));
    return resultWith(values, looked);
  };
}
