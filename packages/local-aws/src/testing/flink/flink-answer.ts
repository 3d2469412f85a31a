import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { parseExactly } from '../../facade/trino/parse-exactly.ts';

/** What Flink answered to one statement. */
export interface FlinkAnswer {
  /** The name and the type of each column, such as `['price', 'DECIMAL(10, 2)']`. None for a statement that is no SELECT. */
  readonly columns: readonly (readonly [name: string, type: string])[];
  /**
   * The rows. A value is its text in JSON: a decimal has all digits of its type and no exponent, an instant is `2026-01-01T00:00:00Z`. An
   * array, a row or a map is JSON whose numbers are texts.
   */
  readonly rows: readonly (readonly (string | null)[])[];
  /** What the SQL client printed, such as a plan. */
  readonly printed: string;
}

/** The statements that run a SELECT, and write what it gives into files of JSON lines in the folder. */
export function selectInto(select: string, name: string, folder: string): string[] {
  return [
    `CREATE TEMPORARY VIEW \`${name}\` AS\n${select}`,
    `DESCRIBE \`${name}\``,
    `CREATE TABLE \`${name}_rows\` WITH ('connector' = 'filesystem', 'path' = 'file://${folder}', 'format' = 'json', ` +
      `'json.timestamp-format.standard' = 'ISO-8601', 'json.encode.decimal-as-plain-number' = 'true') AS SELECT * FROM \`${name}\``,
  ];
}

/** The columns that DESCRIBE printed. */
export const describedColumns = (printed: string): FlinkAnswer['columns'] =>
  printed
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .slice(1)
    .map((line) => {
      const [, name = '', type = ''] = line.split('|').map((cell) => cell.trim());
      return [name, type.replace(/ \*(?:ROW|PROC)TIME\*$/, '')] as const;
    });

const line = z.record(z.string(), z.unknown());

/** The rows in the files of a folder, in the order of Flink's tasks. */
export async function readRows(
  folder: string,
  columns: FlinkAnswer['columns'],
): Promise<FlinkAnswer['rows']> {
  const lines = await flinkLines(folder);
  return lines.map((text) => {
    const row = line.parse(parseExactly(text));
    return columns.map(([name, type]) => valueText(row[name], type));
  });
}

/** The lines of the files that a sink has completed in a folder. The names of others begin with a point. */
export async function flinkLines(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    // Without rows Flink makes no folder.
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  const files = names.filter((name) => !name.startsWith('.')).sort();
  const texts = await Promise.all(files.map((name) => readFile(join(folder, name), 'utf8')));
  return texts.flatMap((text) => text.split('\n').filter((one) => one !== ''));
}

function valueText(value: unknown, type: string): string | null {
  if (value === null || value === undefined) return null;
  if (typeof value === 'object') return JSON.stringify(value);
  const scale = Number(/^DECIMAL\(\d+, (\d+)\)/.exec(type)?.[1] ?? 0);
  if (scale === 0) return String(value);
  // JSON has no zeros at the end.
  const [whole = '', fraction = ''] = String(value).split('.');
  return `${whole}.${fraction.padEnd(scale, '0')}`;
}
