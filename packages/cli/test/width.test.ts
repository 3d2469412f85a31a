import { execFileSync } from 'node:child_process';
import width from 'fast-string-width';
import { describe, expect, it } from 'vitest';
import { commandHelp } from '../src/command-line/command-help.ts';
import { groupHelp, rootHelp } from '../src/command-line/help-text.ts';
import { commonOptions } from '../src/command-line/read-call.ts';
import { commandTable } from '../src/commands/command-table.ts';
import { tableText } from '../src/output/table-text.ts';
import { wrapCommand } from '../src/output/wrap.ts';
import { resultTable } from '../src/rows/write-table.ts';
import { runCli } from './run-cli.ts';

const style = (_format: unknown, text: string): string => text;
const widths = [40, 80, 200];
const linesOf = (text: string): string[] => text.split('\n');
const widest = (text: string): number => Math.max(...linesOf(text).map((line) => width(line)));

describe.each(widths)('at %i columns', (columns) => {
  const screen = { style, columns };

  it('every help fits, but for words that cannot be broken', async () => {
    const commands = await Promise.all(Object.values(commandTable).map(({ load }) => load([])));
    const texts = [
      rootHelp('1.2.3', commandTable, screen),
      groupHelp('schema', commandTable, screen),
      ...commands.map((command) => commandHelp(command, commonOptions, screen)),
    ];
    for (const line of texts.flatMap(linesOf)) {
      const isOneWord = !/\S\s+\S/.test(line.trim().replaceAll(/"[^"]*"|'[^']*'| \\$/g, 'quoted'));
      if (!isOneWord) expect(width(line), line).toBeLessThanOrEqual(columns);
    }
  });

  it('a table with a bar fits', () => {
    const rows = Array.from({ length: 9 }, (_, day) => ({
      period: `2019-10-0${day + 1}`,
      brand: 'a brand with a long name',
      revenue: 1000 * day,
    }));
    const result = {
      columns: ['period', 'brand', 'revenue'],
      drawn: 'revenue',
      cell: (_: string, value: unknown) => String(value),
    };
    const table = resultTable(result, rows, screen);
    expect(widest(table)).toBeLessThanOrEqual(columns);
    expect(linesOf(table)).toHaveLength(11);
    // Figures are whole at any width, and bars use the room that is left.
    expect(table).toContain('8000');
    expect(table.includes('█')).toBe(columns >= 80);
  });

  it('a table that cannot fit becomes a list of cells', () => {
    const names = Array.from({ length: 30 }, (_, index) => `column_${index}`);
    const rows = [names.map((_, index) => String(index)), names.map(() => 'x'.repeat(300))];
    const text = tableText(
      names.map((title) => ({ title, align: 'right' as const })),
      rows,
      screen,
    );
    expect(widest(text)).toBeLessThanOrEqual(columns);
    expect(linesOf(text).slice(0, 2)).toEqual(['column_0   0', 'column_1   1']);
    expect(linesOf(text).filter((line) => line === '')).toHaveLength(2);
  });

  it('the command takes the width from COLUMNS', async () => {
    const { stdout } = await runCli(['schema', '--help'], { env: { COLUMNS: String(columns) } });
    expect(stdout).toBe(groupHelp('schema', commandTable, screen));
  });
});

it('a broken command line means the same to a shell', () => {
  const line = `printf '%s|' sql "select 'a  b' as c" --lake ./lake --out "day one.csv" --format csv`;
  const broken = wrapCommand(line, 30);
  expect(broken.length).toBeGreaterThan(3);
  const run = (script: string) => execFileSync('sh', ['-c', script], { encoding: 'utf8' });
  expect(run(broken.join('\n'))).toBe(run(line));
});
