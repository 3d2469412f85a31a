import type { TableSchema } from '@headwater/core';
import { quoteName, quotePath, quoteText } from '@headwater/core/internal';
import type { CsvLayout } from '../../input/csv-dialect.ts';
import type { LineScan } from '../../input/line-scan.ts';
import type { RawRelation } from './staging-table.ts';

const texts = (positions: readonly (number | null)[], at: (position: number) => string): string =>
  positions
    .map((position, index) => `${position === null ? 'NULL::VARCHAR' : at(position)} AS r${index}`)
    .join(', ');

/** Where the engine's CSV reader writes the lines it cannot split, by input. */
export const rejectsTable = (input: number): string => `csv_rejects_${input}`;

/** Every column as text: the engine's typed reader accepts spellings that the cleaning rules reject. */
export function csvRelation(
  path: string,
  input: number,
  layout: CsvLayout,
  { hasQuote, spacesOnly, newline }: LineScan,
): RawRelation {
  const columns = Array.from({ length: layout.width }, (_, index) => `'c${index}': 'VARCHAR'`);
  const quote = hasQuote ? '"' : '';
  const read = `read_csv(${quotePath(path)}, columns = {${columns.join(', ')}}, auto_detect = false, header = false,
    skip = ${layout.hasHeader ? 1 : 0}, delim = ${quoteText(layout.delimiter)}, quote = '${quote}', escape = '${quote}',
    new_line = ${quoteText(newline === '\n' ? '\\n' : '\\r\\n')}, compression = 'none', hive_partitioning = false, store_rejects = true,
    rejects_table = '${rejectsTable(input)}', rejects_scan = 'csv_scans_${input}')`;
  const special = `[${layout.delimiter === '\t' ? '\\t' : `\\${layout.delimiter}`}"]`;
  const fields = Array.from({ length: layout.width }, (_, index) => {
    const field = `coalesce(c${index}, '')`;
    return `CASE WHEN regexp_matches(${field}, ${quoteText(special)}) THEN '"' || replace(${field}, '"', '""') || '"' ELSE ${field} END`;
  });
  return {
    select: `SELECT *, ${texts(layout.positions, (position) => `c${position}`)} FROM ${read}`,
    rawText: `array_to_string([${fields.join(', ')}], ${quoteText(layout.delimiter)})`,
    broken: 'NULL::VARCHAR',
    facts: { spacesOnly },
  };
}

/** A member by its name, whatever is in it (https://www.rfc-editor.org/rfc/rfc6901). */
const jsonPointer = (name: string): string => `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;

/** JSON Lines: each line is read as one text and its members as texts, so that 19-digit ids keep their digits. */
export function jsonRelation(
  schema: TableSchema,
  path: string,
  input: number,
  { newline }: LineScan,
): RawRelation {
  // Four bytes that no JSON line holds unescaped: the reader must not split.
  const read = `read_csv(${quotePath(path)}, columns = {'line': 'VARCHAR'}, auto_detect = false, header = false,
    delim = '\x01\x02\x03\x04', quote = '', escape = '', new_line = ${quoteText(newline === '\n' ? '\\n' : '\\r\\n')},
    compression = 'none', hive_partitioning = false, store_rejects = true, rejects_table = '${rejectsTable(input)}', rejects_scan = 'csv_scans_${input}')`;
  const members = schema.columns.map((column, index) => {
    const names = [column.name, ...column.renamedFrom, ...column.aliases];
    const paths = names.map((name) => `json_extract_string(object, ${quoteText(jsonPointer(name))})`);
    return `coalesce(${paths.join(', ')}) AS r${index}`;
  });
  return {
    select: `SELECT line, object IS NOT NULL AS is_object, ${members.join(', ')}
      FROM (SELECT line, CASE WHEN json_valid(line) AND json_type(line) = 'OBJECT' THEN line::JSON END AS object FROM ${read})`,
    rawText: 'line',
    broken: "CASE WHEN NOT is_object THEN 'not_json' END",
  };
}

/** A name for the whole row of a Parquet file: one that no column of any file has. */
const fileRow = 'row of the file';

/** Parquet: values as their texts, so that every format passes the same rules. */
export function parquetRelation(
  path: string,
  fields: readonly string[],
  positions: readonly (number | null)[],
): RawRelation {
  const select = texts(positions, (position) => `${quoteName(fields[position] ?? '')}::VARCHAR`);
  return {
    select: `SELECT "${fileRow}" AS source_row, ${select} FROM read_parquet(${quotePath(path)}, hive_partitioning = false) "${fileRow}"`,
    rawText: 'to_json(source_row)::VARCHAR',
    broken: 'NULL::VARCHAR',
  };
}
