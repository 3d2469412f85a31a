import width from 'fast-string-width';
import type { Style } from './console.ts';

/** One column of a table for people. */
export interface TableColumn {
  readonly title: string;
  readonly align?: 'left' | 'right';
}

/**
 * A table for people: aligned columns, two spaces apart, no borders. Widths are those of a terminal, so that wide and
 * combining characters keep their columns straight.
 */
export function tableText(
  columns: readonly TableColumn[],
  rows: readonly (readonly string[])[],
  style: Style,
): string {
  const widths = columns.map(({ title }, index) =>
    Math.max(width(title), ...rows.map((row) => width(row[index] ?? ''))),
  );
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, index) => {
        const blank = ' '.repeat(Math.max(0, (widths[index] ?? 0) - width(cell)));
        return columns[index]?.align === 'right' ? blank + cell : cell + blank;
      })
      .join('  ')
      .trimEnd();
  const head = style('dim', line(columns.map(({ title }) => title)));
  return `${[head, ...rows.map(line)].join('\n')}\n`;
}
