import { createRecordCleaner, HeadwaterError, type TableSchema } from '@headwater/core';
import { shownName } from './shown-name.ts';

/** Where each table column stands in a file: the index of the field, or null when the file has none. */
export interface CsvLayout {
  readonly delimiter: string;
  readonly hasHeader: boolean;
  /** How many fields a line has. */
  readonly width: number;
  /** Names of the fields, as in the header or as in the table. */
  readonly fields: readonly string[];
  /** For each column of the table, its field. */
  readonly positions: readonly (number | null)[];
}

/** What the user said about the file. */
export interface CsvHints {
  readonly delimiter?: string | undefined;
  readonly header?: boolean | undefined;
}

const delimiters = [',', ';', '\t', '|'] as const;

/** Splits one line as RFC 4180 says. */
export function splitFields(line: string, delimiter: string): string[] {
  const fields: string[] = [];
  let at = 0;
  for (;;) {
    let field = '';
    if (line[at] === '"') {
      const quoted = /"((?:[^"]|"")*)"?/y;
      quoted.lastIndex = at;
      const match = quoted.exec(line);
      field = (match?.[1] ?? '').replaceAll('""', '"');
      at = quoted.lastIndex;
    }
    const end = line.indexOf(delimiter, at);
    field += line.slice(at, end === -1 ? undefined : end);
    fields.push(field);
    if (end === -1) return fields;
    at = end + delimiter.length;
  }
}

/** The fields that a column may be called in a file: its name, then its aliases. Case and spaces at the ends do not matter. */
function positionsOf(schema: TableSchema, fields: readonly string[]): (number | null)[] {
  const places = new Map<string, number>();
  fields.forEach((field, index) => {
    const name = field.trim().toLowerCase();
    if (!places.has(name)) places.set(name, index);
  });
  return schema.columns.map((column) => {
    const names = [column.name, ...column.renamedFrom, ...column.aliases];
    const name = names.find((candidate) => places.has(candidate.toLowerCase()));
    return name === undefined ? null : (places.get(name.toLowerCase()) ?? null);
  });
}

const known = (positions: readonly (number | null)[]): number =>
  positions.filter((position) => position !== null).length;

/**
 * Finds out how a CSV file is laid out from its first line and the user's hints. A first line that does not name all
 * required columns, but is an acceptable row by position, is data and not a header: a value may well be called as some column is.
 *
 * @throws HeadwaterError `INPUT_COLUMNS_MISSING`, `INPUT_COLUMN_COUNT`
 */
export function csvLayout(
  schema: TableSchema,
  source: string,
  firstLine: string,
  hints: CsvHints,
): CsvLayout {
  const candidates = hints.delimiter ? [hints.delimiter] : delimiters;
  const layouts = candidates.map((delimiter) => {
    const fields = splitFields(firstLine, delimiter);
    return { delimiter, fields, positions: positionsOf(schema, fields) };
  });
  const best = layouts.reduce((left, right) => {
    const difference =
      known(right.positions) - known(left.positions) || right.fields.length - left.fields.length;
    return difference > 0 ? right : left;
  });
  const byPosition =
    hints.header === false ||
    (hints.header !== true &&
      missingColumns(schema, best.positions).length > 0 &&
      isRow(schema, best.fields));
  if (byPosition) return layoutByPosition(schema, source, best.fields.length, best.delimiter);
  assertColumns(schema, source, best.fields, best.positions);
  return { ...best, hasHeader: true, width: best.fields.length };
}

function isRow(schema: TableSchema, fields: readonly string[]): boolean {
  if (fields.length !== schema.columns.length) return false;
  const record = Object.fromEntries(schema.columns.map((column, index) => [column.name, fields[index]]));
  return createRecordCleaner(schema)(record).accepted;
}

function layoutByPosition(schema: TableSchema, source: string, width: number, delimiter: string): CsvLayout {
  const expected = schema.columns.length;
  if (width !== expected)
    throw new HeadwaterError('INPUT_COLUMN_COUNT', { file: source, found: width, expected });
  const fields = schema.columns.map((column) => column.name);
  return { delimiter, hasHeader: false, width, fields, positions: fields.map((_, index) => index) };
}

/** Refuses a file without a column that the table requires. */
export function assertColumns(
  schema: TableSchema,
  source: string,
  found: readonly string[],
  positions: readonly (number | null)[],
): void {
  const missing = missingColumns(schema, positions);
  if (missing.length === 0) return;
  const shown = found.filter((field) => field.trim() !== '').map(shownName);
  throw new HeadwaterError('INPUT_COLUMNS_MISSING', {
    file: source,
    missing,
    found: shown,
    table: schema.name,
  });
}

/** The columns without which a row cannot be. */
const missingColumns = (schema: TableSchema, positions: readonly (number | null)[]): string[] =>
  schema.columns
    .filter(
      (column, index) =>
        positions[index] === null &&
        !column.nullable &&
        !column.steps.some((step) => step.step === 'default'),
    )
    .map((column) => column.name);

/** The layout of a columnar or keyed file: fields matched by name only. */
export function namedPositions(
  schema: TableSchema,
  source: string,
  fields: readonly string[],
): (number | null)[] {
  const positions = positionsOf(schema, fields);
  assertColumns(schema, source, fields, positions);
  return positions;
}
