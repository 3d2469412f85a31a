import { createRecordCleaner, HeadwaterError } from '@headwater/core';
import { type FileSchema, fieldNames } from '@headwater/core/internal';
import { assertColumns, missingColumns, positionsOf } from './column-positions.ts';
import { layoutByPosition, listedLayout, tablePositions } from './position-layout.ts';
import { hasUnclosedQuote, splitFields } from './split-fields.ts';

/** Where each table column stands in a file: the index of the field, or null when the file has none. */
export interface CsvLayout {
  /** One character. */
  readonly delimiter: string;
  readonly hasHeader: boolean;
  /** How many fields a line has. */
  readonly width: number;
  /** Names of the fields, as in the header or as in the table. */
  readonly fields: readonly string[];
  /** For each column of the table, its field. */
  readonly positions: readonly (number | null)[];
}

/** Options that describe the file. */
export interface CsvHints {
  readonly delimiter?: string | undefined;
  readonly header?: boolean | undefined;
}

const delimiters = [',', ';', '\t', '|'] as const;

/**
 * Finds out how a CSV file is laid out from its first line and the user's hints. A first line that does not name all
 * required columns, but is an acceptable row by position, is data and not a header: a value may well be called as some column is.
 *
 * Where the source or the call lists the columns, there is no header line unless the hints say so.
 *
 * @param firstLine the first line that is not blank
 * @throws HeadwaterError `INPUT_COLUMNS_MISSING`, `INPUT_COLUMN_COUNT`; `INPUT_UNREADABLE` for a header whose quotes leave open
 *   where its names end
 */
export function csvLayout(schema: FileSchema, source: string, firstLine: string, hints: CsvHints): CsvLayout {
  const candidates = hints.delimiter ? [hints.delimiter] : delimiters;
  const layouts = candidates.map((delimiter) => {
    const fields = splitFields(firstLine, delimiter);
    return { delimiter, fields, positions: positionsOf(schema, fields) };
  });
  const { positions: listed } = schema;
  const best = layouts.reduce((left, right) => {
    const difference =
      (listed ? fitsList(right.fields, listed) - fitsList(left.fields, listed) : 0) ||
      known(right.positions) - known(left.positions) ||
      right.fields.length - left.fields.length;
    return difference > 0 ? right : left;
  });
  if (listed) {
    const { delimiter } = best;
    return { ...listedLayout(schema, source, listed), delimiter, hasHeader: hints.header === true };
  }
  const isUnsplit = hasUnclosedQuote(firstLine, best.delimiter);
  const byPosition =
    hints.header === false ||
    (hints.header !== true &&
      missingColumns(schema, best.positions).length > 0 &&
      isRow(schema, best.fields));
  // A first row that cannot be split says nothing about the rows after it.
  if (byPosition) {
    const width = isUnsplit ? tablePositions(schema).length : best.fields.length;
    return layoutByPosition(schema, source, width, best.delimiter);
  }
  assertColumns(schema, source, best.fields, best.positions);
  if (isUnsplit) {
    const problem =
      'a quote in its header line does not close, so the columns after it cannot be told apart: mend that line';
    throw new HeadwaterError('INPUT_UNREADABLE', { file: source, problem });
  }
  return { ...best, hasHeader: true, width: best.fields.length };
}

const known = (positions: readonly (number | null)[]): number =>
  positions.filter((position) => position !== null).length;

const fitsList = (fields: readonly string[], listed: readonly unknown[]): number =>
  Number(fields.length === listed.length);

function isRow(schema: FileSchema, fields: readonly string[]): boolean {
  const names = tablePositions(schema);
  if (fields.length !== names.length) return false;
  const texts = new Map(names.map((name, index) => [name, fields[index]]));
  const record = Object.fromEntries(
    schema.columns.map((column) => [fieldNames(column)[0] ?? column.name, texts.get(column.name)]),
  );
  // A line that the conditions of the source leave out is a row too, and not a header.
  const { where: _, ...unfiltered } = schema;
  return createRecordCleaner({ ...unfiltered, lookups: {} })(record).accepted;
}

/**
 * Refuses a delimiter that cannot tell fields apart.
 *
 * @throws HeadwaterError `OPTION_INVALID`
 */
export function assertDelimiter(delimiter: string | undefined): void {
  if (delimiter === undefined) return;
  const isOne = [...delimiter].length === 1 && delimiter.isWellFormed();
  if (isOne && !'"\r\n\0\ufeff'.includes(delimiter)) return;
  const expected = 'one character that is no quote and no line end, such as ; or tab';
  throw new HeadwaterError('OPTION_INVALID', { option: 'delimiter', value: delimiter, expected });
}
