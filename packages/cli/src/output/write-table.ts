import { bar } from './bars.ts';
import { isShare } from './cell-text.ts';
import type { Console } from './console.ts';
import { grouped } from './figures.ts';
import { harmlessText } from './harmless-text.ts';
import type { Result } from './result.ts';
import { type TableColumn, tableText } from './table-text.ts';
import { presentColumns } from './write-csv.ts';

/** Rows shown: a table is for reading, and is held in memory to align it. */
const mostRows = 1000;
/** Longer texts are cut. */
const mostCharacters = 60;
const barColumns = 24;

/** A table for people. */
export async function writeTable(result: Result, console: Console): Promise<void> {
  const { rows, isCut } = await firstRows(result);
  if (rows.length === 0) {
    const hint = await result.whenEmpty?.();
    await console.print(console.style('dim', hint === undefined ? 'no rows' : `no rows; ${hint}`));
    return;
  }
  await console.write(resultTable(result, rows, console));
  if (isCut)
    await console.print(
      console.style('dim', `the first ${grouped(mostRows)} rows; --format csv or jsonl gives all`),
    );
}

async function firstRows(result: Result): Promise<{ rows: Record<string, unknown>[]; isCut: boolean }> {
  const rows: Record<string, unknown>[] = [];
  for await (const batch of result.batches()) {
    rows.push(...batch);
    if (rows.length > mostRows) return { rows: rows.slice(0, mostRows), isCut: true };
  }
  return { rows, isCut: false };
}

/** The table of rows that are at hand, with a bar for the column that the result draws. */
export function resultTable(
  result: Pick<Result, 'columns' | 'cell' | 'drawn'>,
  rows: readonly Readonly<Record<string, unknown>>[],
  { style }: Pick<Console, 'style'>,
): string {
  const names = presentColumns(result as Result, rows[0]);
  const drawn = rows.length > 1 ? result.drawn : undefined;
  const fractional = new Set(names.filter((name) => rows.some((row) => isFraction(row[name]))));
  // A bar of shares is full at the whole.
  const most = !drawn ? 0 : isShare(drawn) ? 1 : Math.max(...rows.map((row) => Number(row[drawn] ?? 0)));
  const columns = names.map(
    (name): TableColumn => ({
      title: cut(name),
      align: rows.every((row) => isFigure(row[name])) ? 'right' : 'left',
    }),
  );
  const cells = rows.map((row) => {
    const texts = names.map((name) => cut(result.cell(name, row[name], fractional.has(name))));
    return drawn ? [...texts, style('cyan', bar(Number(row[drawn] ?? 0), most, barColumns))] : texts;
  });
  return tableText(drawn ? [...columns, { title: '' }] : columns, cells, style);
}

const isFigure = (value: unknown): boolean =>
  value === null || typeof value === 'number' || typeof value === 'bigint';

const isFraction = (value: unknown): boolean => typeof value === 'number' && !Number.isInteger(value);

/** A text on one line of bounded length. What would move a terminal's cursor or change its colours shows as a blank. */
function cut(text: string): string {
  const line = harmlessText(text).replaceAll(/[\n\t]/g, ' ');
  if (line.length <= mostCharacters) return line;
  // By characters as they are seen: half of one is none.
  const seen = [...new Intl.Segmenter().segment(line.slice(0, 20 * mostCharacters))];
  if (seen.length <= mostCharacters) return line;
  return `${seen
    .slice(0, mostCharacters - 1)
    .map(({ segment }) => segment)
    .join('')}…`;
}
