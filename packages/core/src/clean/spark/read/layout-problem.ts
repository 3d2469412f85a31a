import { type FileSchema, isReadFromFile } from '../../../table/file-schema.ts';
import { sparkText } from '../../../types/spark-type.ts';

/** White space at the ends of a name, as JavaScript removes it. */
const nameSpace =
  '\t\n\v\f\r \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000\ufeff';

/** SQL for the name in a field of a header line. */
export const fieldName = (field: string): string => `trim(BOTH ${sparkText(nameSpace)} FROM ${field})`;

/** SQL for the columns that a file must have and lacks. @param positionOf SQL for the field of a column, or NULL */
export function missingNames(file: FileSchema, positionOf: (index: number) => string): string {
  const compared = new Set(file.where?.map(({ column }) => column));
  const required = file.columns.flatMap((column, index) =>
    isReadFromFile(column) &&
    (compared.has(column.name) || (!column.nullable && !column.steps.some(({ step }) => step === 'default')))
      ? [`CASE WHEN ${positionOf(index)} IS NULL THEN ${sparkText(column.name)} END`]
      : [],
  );
  return required.length > 0
    ? `array_compact(array(${required.join(', ')}))`
    : 'CAST(array() AS ARRAY<STRING>)';
}

const namePattern = '\\A[\\p{L}_][\\p{L}\\p{M}\\p{N} _.:$()/#%-]{0,63}\\z';
const uuidPattern = '(?i)\\A[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\\z';

/** The fields as a message may show them: the line may hold values of persons, where a header was looked for. */
const shownFields = `transform(filter(fields, field -> ${fieldName('field')} <> ''), field ->
    CASE WHEN ${fieldName('field')} RLIKE ${sparkText(namePattern)} AND NOT ${fieldName('field')} RLIKE ${sparkText(uuidPattern)} THEN field ELSE '?' END)`;

const unsplitHeader =
  'a quote in its header line does not close, so the columns after it cannot be told apart: mend that line';
const strayReturn = 'its first line has quotes and a carriage return within the line: mend that line';

const types = [
  ['code', 'STRING'],
  ['missing', 'ARRAY<STRING>'],
  ['found', 'ARRAY<STRING>'],
  ['expected', 'INT'],
  ['width', 'INT'],
  ['text', 'STRING'],
] as const;

const problem = (values: Partial<Record<(typeof types)[number][0], string>>): string =>
  `named_struct(${types.map(([name, type]) => `'${name}', CAST(${values[name] ?? 'NULL'} AS ${type})`).join(', ')})`;

/**
 * SQL for the error about the layout of a file, or NULL.
 *
 * @param names the columns that files have, in the table's order
 */
export function layoutProblem(file: FileSchema, names: readonly string[]): string {
  const lacking = missingNames(file, (index) => `places[${index}]`);
  const listed = file.positions?.filter((name) => name !== null) ?? names;
  const found = `slice(array(${listed.map(sparkText).join(', ')}), 1, ${file.positions ? listed.length : `least(width, ${names.length})`})`;
  const missing = (fields: string): string =>
    problem({ code: "'INPUT_COLUMNS_MISSING'", missing: lacking, found: fields });
  const count = problem({ code: "'INPUT_COLUMN_COUNT'", width: 'width', expected: String(names.length) });
  const unreadable = (text: string): string => problem({ code: "'INPUT_UNREADABLE'", text: sparkText(text) });
  return `CASE WHEN contains(value, ${sparkText('\r')}) AND contains(value, '"') THEN ${unreadable(strayReturn)}
    ${file.positions ? '' : `WHEN NOT is_header AND width > ${names.length} THEN ${count}`}
    WHEN size(${lacking}) > 0 THEN ${file.positions ? missing(found) : `CASE WHEN is_header THEN ${missing(shownFields)} ELSE ${missing(found)} END`}
    ${file.positions ? '' : `WHEN is_header AND is_unsplit THEN ${unreadable(unsplitHeader)}`} END`;
}
