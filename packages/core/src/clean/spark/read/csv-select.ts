import type { FileSchema } from '../../../table/file-schema.ts';
import { layeredSelect } from '../spark-layers.ts';
import { csvFieldPattern, delimiterPattern, fieldText, lineFields, unquotedLine } from './csv-line-sql.ts';
import { isNotBlank, lineFault, lineText, quarantinedLine } from './line-sql.ts';
import { codeText, rawTexts, wholeLineReasons } from './raw-reasons.ts';

/** The relations that CSV lines are read from: names of views. */
export interface CsvRelations {
  /** `input INT, place BIGINT, value STRING`: each line without its line feed, with the order of the lines of an input. */
  readonly lines: string;
  /**
   * `input INT, delimiter STRING, width INT, positions ARRAY<INT>, header BIGINT`: for each input how many fields a line has, the
   * field of each column of the table from 0 on or NULL, and the place of the header line or NULL. Lines of other inputs are not read.
   */
  readonly layouts: string;
}

/**
 * SQL that reads lines of CSV, each a record: `input, place, raw, broken, r0..rn`. Blank lines and headers are no rows. What a line is,
 * and which are broken, is as in a load by DuckDB.
 *
 * @returns a SELECT
 */
export function sparkCsvSelect(file: FileSchema, { lines, layouts }: CsvRelations): string {
  const shapes = layeredSelect(layouts, [
    [{ name: 'pattern', sql: delimiterPattern('delimiter') }],
    [{ name: 'field_pattern', sql: csvFieldPattern('delimiter', 'pattern') }],
  ]);
  const rows = `(SELECT /*+ BROADCAST(shape) */ line.input, line.place, ${lineText('line.value')} AS text,
    shape.delimiter, shape.width, shape.positions, shape.pattern, shape.field_pattern
  FROM ${lines} line JOIN ${shapes} shape ON line.input = shape.input
  WHERE ${isNotBlank('line.value')} AND (shape.header IS NULL OR line.place > shape.header))`;
  const read = layeredSelect(rows, [
    [{ name: 'fault', sql: lineFault('text') }],
    [
      {
        name: 'unquoted',
        sql: `CASE WHEN fault IS NULL AND contains(text, '"') THEN ${unquotedLine('text', 'delimiter', 'field_pattern')} END`,
      },
    ],
    [
      {
        name: 'fields',
        sql: `CASE WHEN fault IS NULL THEN ${lineFields('text', 'unquoted', 'pattern')} END`,
      },
    ],
    [{ name: 'code', sql: csvCode }],
  ]);
  const texts = rawTexts(file, (index) => `nullif(${fieldText(`get(fields, positions[${index}])`)}, '')`);
  return `SELECT input, place, ${rawLine} AS raw, ${wholeLineReasons('code')} AS broken, ${texts.join(', ')}
FROM ${read}`;
}

/** Fields after the last column that are empty are none: many programs end a line with delimiters. */
const filledBeyond = `size(array_except(slice(fields, width + 1, size(fields) - width), array('', '"'))) > 0`;

const csvCode = `CASE WHEN fault IS NOT NULL THEN fault WHEN fields IS NULL THEN ${codeText('unclosed_quote')}
    WHEN size(fields) < width THEN ${codeText('too_few_fields')}
    WHEN size(fields) > width AND ${filledBeyond} THEN ${codeText('too_many_fields')} END`;

/** The fields of a row as a line again, with quotes where a field cannot be without. */
const joinedFields = `array_join(transform(transform(slice(fields, 1, width), field -> ${fieldText('field')}), field ->
    CASE WHEN contains(field, delimiter) OR startswith(ltrim(field), '"') THEN concat('"', replace(field, '"', '""'), '"') ELSE field END), delimiter)`;

const rawLine = `CASE WHEN code IS NOT NULL THEN ${quarantinedLine('text')}
    WHEN unquoted IS NULL AND size(fields) = width THEN text ELSE ${joinedFields} END`;
