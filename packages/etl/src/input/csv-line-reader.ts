import { isUtf8 } from 'node:buffer';
import { type FileSchema, fieldNames } from '@headwater/core/internal';
import type { CsvLayout } from './csv-layout.ts';
import { createUnquoter, masks } from './csv-line.ts';

const CR = 13;
const QUOTE = 34;

/** Makes the record of a line. Its memory is its own. */
export type CsvLine = (line: Buffer) => Buffer;

/**
 * Makes JSON objects of the lines of a CSV file: the texts by the names of the columns, or of the fields of a source, without empty fields, which are null in a load. A
 * line that a load would reject as broken is given as it is.
 *
 * @param layout where each column of the table stands in the file
 */
export function csvLineReader({ columns }: FileSchema, layout: CsvLayout): CsvLine {
  const { delimiter, width, positions } = layout;
  const members = positions.flatMap((position, index) => {
    const column = columns[index];
    const name = column && (fieldNames(column)[0] ?? column.name);
    return position === null || name === undefined ? [] : [{ position, key: `${JSON.stringify(name)}:` }];
  });
  const fieldsOf = fieldSplitter(delimiter, width);
  return (line) => {
    if (line.includes(CR) || !isUtf8(line)) return Buffer.from(line);
    const fields = fieldsOf(line);
    if (!fields) return Buffer.from(line);
    let object = '';
    for (const { position, key } of members) {
      const field = fields[position];
      if (field) object += `${object === '' ? '' : ','}${key}${JSON.stringify(field)}`;
    }
    return Buffer.from(`{${object}}`);
  };
}

/** Splits lines, by the rules of a load; undefined for a line that has other fields than the file. */
function fieldSplitter(delimiter: string, width: number): (line: Buffer) => string[] | undefined {
  const bytes = Buffer.from(delimiter);
  return (line) => {
    if (!line.includes(QUOTE)) return withWidth(line.toString('utf8').split(delimiter), width);
    const mask = masks.find((byte) => !line.includes(byte) && byte !== bytes[0]);
    if (mask === undefined) return undefined;
    const target = Buffer.allocUnsafe(line.length);
    const end = createUnquoter({ delimiter: bytes, width, mask }).write(line, 0, line.length, target, 0);
    if (typeof end === 'string') return undefined;
    const masked = String.fromCharCode(mask);
    return target
      .toString('utf8', 0, end)
      .split(delimiter)
      .map((field) => field.replaceAll(masked, delimiter));
  };
}

/** Many programs end a line with delimiters: empty fields after the last column are none. */
function withWidth(fields: string[], width: number): string[] | undefined {
  const isWide = fields.length >= width && fields.slice(width).every((field) => field === '');
  return isWide ? fields : undefined;
}
