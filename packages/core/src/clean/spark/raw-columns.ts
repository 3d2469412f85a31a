import type { FileSchema } from '../../table/file-schema.ts';

/** The type of reasons: the columns of bad values, and the codes. */
export const sparkReasonsType = 'ARRAY<STRUCT<column: STRING, code: STRING>>';

/** Whether rows are refused when a lookup has no row for them. */
export const refusesUnmatched = ({ lookups = {} }: FileSchema): boolean =>
  Object.values(lookups).some(({ none }) => none === 'refuse');

/**
 * The columns of the raw relation of a file, in order, with their types.
 *
 * - `input`: the position of the file among those of the run; `place`: the order of the row in its file
 * - `element`, `record_rows`: of an exploded table, the order of the row in its record, and the number of rows of the record
 * - `raw`: the raw row as text; `broken`: the reasons to reject the row before its texts are looked at, or NULL; a broken line has one,
 *   whose column is NULL
 * - `unmatched`: where a lookup refuses rows, the reasons of a refused one, or NULL
 * - `r0`, `r1`, ...: the raw texts, in the order of the table's columns
 */
export function sparkRawColumns(file: FileSchema): Readonly<Record<string, string>> {
  return {
    input: 'INT',
    place: 'BIGINT',
    ...(file.explode ? { element: 'INT', record_rows: 'INT' } : {}),
    raw: 'STRING',
    broken: sparkReasonsType,
    ...(refusesUnmatched(file) ? { unmatched: sparkReasonsType } : {}),
    ...Object.fromEntries(file.columns.map((_, index) => [`r${index}`, 'STRING'])),
  };
}
