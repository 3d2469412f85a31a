import type { Result } from '../answer/result.ts';
import type { Console } from '../output/console.ts';
import { toJson } from '../output/to-json.ts';

/** Writes CSV as in RFC 4180 (https://www.rfc-editor.org/rfc/rfc4180), with line feeds. Null is an empty field, empty text is `""`. */
export async function writeCsv(result: Result, console: Console): Promise<void> {
  let columns: readonly string[] | undefined;
  const head = (names: readonly string[]) => console.write(`${names.map(field).join(',')}\n`);
  for await (const rows of result.batches()) {
    if (!columns) {
      columns = presentColumns(result, rows[0]);
      await head(columns);
    }
    const names = columns;
    await console.write(rows.map((row) => `${names.map((name) => field(row[name])).join(',')}\n`).join(''));
  }
  if (!columns) await head(result.columns);
}

/** The columns that the rows have. Some columns of a metric depend on its parameters. */
export const presentColumns = (
  { columns }: Pick<Result, 'columns'>,
  row: Readonly<Record<string, unknown>> | undefined,
): readonly string[] => (row ? columns.filter((column) => row[column] !== undefined) : columns);

function field(value: unknown): string {
  if (value === null || value === undefined) return '';
  const text =
    value instanceof Date ? value.toISOString() : typeof value === 'object' ? toJson(value) : String(value);
  return text === '' || /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
