import { HeadwaterError } from '@headwater/core';
import { type FileSchema, isReadFromFile } from '@headwater/core/internal';
import { assertColumns, sourcesOf } from './column-positions.ts';
import type { CsvLayout } from './csv-layout.ts';

/** The column of each field of a line, where neither the source nor the call lists them: the table's columns in their order. */
export const tablePositions = ({ columns }: FileSchema): string[] =>
  columns.filter(isReadFromFile).map(({ name }) => name);

/**
 * The layout of a file whose lines have the table's columns in order, or the first of them: the others are null.
 *
 * @param width the number of fields of its first line
 * @throws HeadwaterError `INPUT_COLUMN_COUNT` when it has more fields than the table, `INPUT_COLUMNS_MISSING` when it has fewer and
 *   lacks a required column
 */
export function layoutByPosition(
  schema: FileSchema,
  source: string,
  width: number,
  delimiter: string,
): CsvLayout {
  const all = tablePositions(schema);
  if (width > all.length)
    throw new HeadwaterError('INPUT_COLUMN_COUNT', {
      file: source,
      found: width,
      expected: all.length,
      ...sourcesOf(schema),
    });
  return { ...listedLayout(schema, source, all.slice(0, width)), delimiter, hasHeader: false };
}

/**
 * The fields of a file whose columns are listed, by the source or in the call.
 *
 * @param listed the column of each field; null for a field that is not read
 */
export function listedLayout(
  schema: FileSchema,
  source: string,
  listed: readonly (string | null)[],
): Pick<CsvLayout, 'width' | 'fields' | 'positions'> {
  const positions = schema.columns.map(({ name }) => {
    const index = listed.indexOf(name);
    return index === -1 ? null : index;
  });
  const fields = listed.map((name) => name ?? '');
  assertColumns(schema, source, fields, positions);
  return { width: listed.length, fields, positions };
}

/**
 * Refuses a file whose fields have names, for columns that are listed by position.
 *
 * @throws HeadwaterError `INPUT_UNREADABLE`
 */
export function assertByName({ positions, source }: FileSchema, file: string, format: string): void {
  if (!positions) return;
  const problem =
    `its fields have names, as in all ${format}, and ${source === undefined ? 'columns are given' : `the source ${source} lists its columns`} ` +
    `by position: ${source === undefined ? 'load it without them' : 'give that source `columns` by name'}`;
  throw new HeadwaterError('INPUT_UNREADABLE', { file, problem });
}
