import width from 'fast-string-width';
import type { Console } from './console.ts';
import { cutText } from './cut-text.ts';

/** One column of a table for people. */
export interface TableColumn {
  readonly title: string;
  readonly align?: 'left' | 'right';
  /**
   * Draws the cell of a row into the width that the other columns leave, at most `most`. The column is left out where there is
   * too little room.
   */
  readonly draw?: { readonly most: number; cell(row: number, width: number): string };
}

/** Where a table is shown: its width is unlimited where `columns` is undefined. */
export type TableScreen = Pick<Console, 'style'> & { readonly columns?: number | undefined };

const gap = '  ';
/** A drawn column narrower than this is left out. */
const narrowestDrawing = 6;
/** A text column is not cut to less than this. */
const narrowestText = 8;

/**
 * A table for people: aligned columns, two spaces apart, no borders. Widths are those of a terminal, so that wide and
 * combining characters keep their columns straight. A table that is too wide has its longest texts cut; where that is not
 * enough, every row becomes a list of its cells. Figures are never cut.
 */
export function tableText(
  columns: readonly TableColumn[],
  rows: readonly (readonly string[])[],
  screen: TableScreen,
): string {
  const written = columns.filter(({ draw }) => !draw);
  const widths = written.map(({ title }, index) =>
    Math.max(width(title), ...rows.map((row) => width(row[index] ?? ''))),
  );
  const room = screen.columns ?? Number.POSITIVE_INFINITY;
  const fitted = fitWidths(written, widths, room);
  return fitted ? gridText(columns, fitted, rows, screen) : listText(written, rows, screen);
}

/** Shortens the longest texts until the table fits; undefined when it cannot. */
function fitWidths(
  columns: readonly TableColumn[],
  widths: readonly number[],
  room: number,
): readonly number[] | undefined {
  const fitted = [...widths];
  const total = (): number => fitted.reduce((sum, one) => sum + one + gap.length, -gap.length);
  while (total() > room) {
    const longest = Math.max(
      ...fitted.filter((_, index) => columns[index]?.align !== 'right'),
      Number.NEGATIVE_INFINITY,
    );
    if (longest <= narrowestText) return undefined;
    fitted[fitted.findIndex((one, index) => one === longest && columns[index]?.align !== 'right')] =
      longest - 1;
  }
  return fitted;
}

function gridText(
  columns: readonly TableColumn[],
  widths: readonly number[],
  rows: readonly (readonly string[])[],
  { style, columns: room = Number.POSITIVE_INFINITY }: TableScreen,
): string {
  const written = columns.filter(({ draw }) => !draw);
  const used = widths.reduce((sum, one) => sum + one + gap.length, 0);
  const drawn = columns
    .flatMap(({ draw }) => (draw ? [{ draw, width: Math.min(draw.most, room - used) }] : []))
    .filter((one) => one.width >= narrowestDrawing);
  const line = (cells: readonly string[], drawings: readonly string[]): string =>
    [
      ...written.map(({ align }, index) => {
        const most = widths[index] ?? 0;
        const cell = cutText(cells[index] ?? '', most);
        const blank = ' '.repeat(Math.max(0, most - width(cell)));
        return align === 'right' ? blank + cell : cell + blank;
      }),
      ...drawings,
    ]
      .join(gap)
      .trimEnd();
  const titles = written.map(({ title }) => title);
  const lines = rows.map((row, index) =>
    line(
      row,
      drawn.map((one) => one.draw.cell(index, one.width)),
    ),
  );
  return `${[style('dim', line(titles, [])), ...lines].join('\n')}\n`;
}

/** Every row as lines of a title and a cell, with a blank line between rows. */
function listText(
  columns: readonly TableColumn[],
  rows: readonly (readonly string[])[],
  { style, columns: room = Number.POSITIVE_INFINITY }: TableScreen,
): string {
  const left = Math.min(Math.floor(room / 2), Math.max(0, ...columns.map(({ title }) => width(title))));
  const line = (title: string, cell: string): string => {
    const name = cutText(title, left);
    const rest = cutText(cell, room - left - gap.length);
    return style('dim', name + ' '.repeat(left - width(name))) + gap + rest;
  };
  const blocks = rows.map((row) =>
    columns
      .flatMap(({ title }, index) => {
        const cell = row[index] ?? '';
        return cell === '' ? [] : [line(title, cell).trimEnd()];
      })
      .join('\n'),
  );
  return `${blocks.join('\n\n')}\n`;
}
