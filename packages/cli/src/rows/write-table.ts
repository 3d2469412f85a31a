import type { Result } from '../answer/result.ts';
import { bar } from '../output/bars.ts';
import type { Console } from '../output/console.ts';
import { grouped } from '../output/figures.ts';
import { harmlessText } from '../output/harmless-text.ts';
import { type TableColumn, type TableScreen, tableText } from '../output/table-text.ts';
import { isShare } from './cell-text.ts';
import { presentColumns } from './write-csv.ts';

/** Rows that are aligned with each other, and so held in memory. A terminal shows no more. */
const mostRows = 1000;
/** Longer texts are cut. */
const mostCharacters = 60;
const barColumns = 24;

/**
 * A table for people. On a terminal it ends after the first thousand rows; elsewhere the other rows follow in blocks of as
 * many, each aligned by itself.
 */
export async function writeTable(result: Result, console: Console): Promise<void> {
  let block: Record<string, unknown>[] = [];
  let count = 0;
  const flush = async (): Promise<void> => {
    await console.write(resultTable(result, block, console));
    block = [];
  };
  for await (const batch of result.batches()) {
    for (const row of batch) {
      if (block.length === mostRows) {
        await flush();
        if (console.isTerminal) {
          const hint = `the first ${grouped(mostRows)} rows; --out FILE writes all`;
          return console.print(console.style('dim', hint));
        }
      }
      block.push(row);
      count += 1;
    }
  }
  if (block.length > 0) await flush();
  if (count > 0) return;
  const hint = await result.whenEmpty?.();
  await console.print(console.style('dim', hint === undefined ? 'no rows' : `no rows; ${hint}`));
}

/** The table of rows in memory, with a bar for the column that the result draws. */
export function resultTable(
  result: Pick<Result, 'columns' | 'cell' | 'drawn'>,
  rows: readonly Readonly<Record<string, unknown>>[],
  screen: TableScreen,
): string {
  const names = presentColumns(result, rows[0]);
  const drawn = rows.length > 1 ? result.drawn : undefined;
  const fractional = new Set(names.filter((name) => rows.some((row) => isFraction(row[name]))));
  const columns = names.map(
    (name): TableColumn => ({
      title: cut(name),
      align: rows.every((row) => isFigure(row[name])) ? 'right' : 'left',
    }),
  );
  const cells = rows.map((row) =>
    names.map((name) => cut(result.cell(name, row[name], fractional.has(name)))),
  );
  return tableText(drawn ? [...columns, barColumn(rows, drawn, screen)] : columns, cells, screen);
}

function barColumn(
  rows: readonly Readonly<Record<string, unknown>>[],
  drawn: string,
  { style }: TableScreen,
): TableColumn {
  const drawnValue = (row: number): number => Number(rows[row]?.[drawn] ?? 0);
  // A bar of shares is full at 100 %.
  const most = isShare(drawn) ? 1 : Math.max(...rows.map((_, row) => drawnValue(row)));
  return {
    title: '',
    draw: { most: barColumns, cell: (row, width) => style('cyan', bar(drawnValue(row), most, width)) },
  };
}

const isFigure = (value: unknown): boolean =>
  value === null || typeof value === 'number' || typeof value === 'bigint';

const isFraction = (value: unknown): boolean => typeof value === 'number' && !Number.isInteger(value);

/** A text on one line of bounded length. What would move a terminal's cursor or change its colours becomes a blank. */
function cut(text: string): string {
  const line = harmlessText(text).replaceAll(/[\n\t]/g, ' ');
  if (line.length <= mostCharacters) return line;
  // By visible characters, so that none is cut in half.
  const seen = [...new Intl.Segmenter().segment(line.slice(0, 20 * mostCharacters))];
  if (seen.length <= mostCharacters) return line;
  return `${seen
    .slice(0, mostCharacters - 1)
    .map(({ segment }) => segment)
    .join('')}…`;
}
