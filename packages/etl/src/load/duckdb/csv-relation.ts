import { quoteText } from '@headwater/core/internal';
import type { CsvLayout } from '../../input/csv-layout.ts';
import type { LineScan } from '../../input/line-scan.ts';
import { noReasons, type RawRelation } from './raw-relation.ts';
import { readLines } from './read-lines.ts';

/** Every column as text: the engine's typed reader accepts spellings that the cleaning rules reject. */
export function csvRelation(path: string, input: number, layout: CsvLayout, scan: LineScan): RawRelation {
  const { delimiter, width, positions } = layout;
  const fields = Array.from({ length: width }, (_, index) => `c${index}`);
  const skip = scan.copy || layout.hasHeader ? 1 : 0;
  const from = readLines({ path, input, scan, fields, delimiter, skip });
  const quoted = quoteText(delimiter);
  const masked = new Set(scan.copy?.masked);
  const values = fields.map((field, index) =>
    masked.has(index) ? `replace(${field}, chr(${scan.copy?.mask}), ${quoted})` : field,
  );
  const texts = positions.map(
    (position, index) => `${position === null ? 'NULL::VARCHAR' : values[position]} AS r${index}`,
  );
  // A copy has no quotes: the fields that cannot be without get them back.
  const raws = values.map((value) => {
    const text = `coalesce(${value}, '')`;
    const needsQuotes = `contains(${text}, ${quoted}) OR starts_with(ltrim(${text}, ' '), '"')`;
    return scan.copy
      ? `CASE WHEN ${needsQuotes} THEN '"' || replace(${text}, '"', '""') || '"' ELSE ${text} END`
      : text;
  });
  return {
    select: `SELECT *, ${texts.join(', ')} FROM ${from}`,
    rawText: `array_to_string([${raws.join(', ')}], ${quoted})`,
    broken: noReasons,
    facts: { spacesOnly: scan.spacesOnly },
  };
}
