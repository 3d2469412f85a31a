import { describe, expect, it, test } from 'vitest';
import { bar, sparkline } from '../src/output/bars.ts';
import { changeText } from '../src/output/change-text.ts';
import { byteText, counted, durationText, grouped } from '../src/output/figures.ts';
import { harmlessLine, harmlessText } from '../src/output/harmless-text.ts';
import { ownCommand } from '../src/output/own-command.ts';
import { tableText } from '../src/output/table-text.ts';
import { toJson } from '../src/output/to-json.ts';
import { metricCell } from '../src/rows/cell-text.ts';
import { resultTable } from '../src/rows/write-table.ts';
import { userFolder } from '../src/user-folder.ts';

const plain = (_format: unknown, text: string): string => text;

describe('figures', () => {
  it.each([
    [0, '0'],
    [999, '999'],
    [1000, '1,000'],
    [1234567, '1,234,567'],
    [-1234.5, '-1,234.5'],
    [12345678901234567890n, '12,345,678,901,234,567,890'],
  ])('%s is %s', (value, text) => expect(grouped(value)).toBe(text));

  it('counts one thing or many', () => {
    expect([counted(1, 'query'), counted(2, 'query'), counted(0, 'file'), counted(2000, 'day')]).toEqual([
      ...['1 query', '2 queries', '0 files', '2,000 days'],
    ]);
  });

  it('shows a change of a value, and a value that is new or removed', () => {
    const quoted = (text: string): string => `"${text}"`;
    expect(changeText('1', '2', quoted)).toBe('"1" becomes "2"');
    expect(changeText('1', null, quoted)).toBe('removed (was "1")');
    expect(changeText(null, '2', quoted)).toBe('"2"');
  });

  it('says bytes and lengths of time in the unit that reads best', () => {
    expect([0, 999, 1000, 12_345_678].map(byteText)).toEqual(['0 B', '999 B', '1.0 kB', '12.3 MB']);
    expect([0.44, 12.4, 59.9, 185].map(durationText)).toEqual(['0.4 s', '12 s', '60 s', '3 min 5 s']);
  });
});

describe('a line', () => {
  it('keeps the colours that it is written with, and nothing else that a terminal would obey', () => {
    expect(harmlessText('\u001b[31ma\u001b[0m\u009b2J\r\u202eb\nc\td')).toBe(' [31ma [0m 2J  b\nc\td');
    const line = '\u001b[2m\u001b[31mb\u001b[39m.csv\u001b[22m';
    expect(harmlessLine(line)).toBe(line);
    expect(harmlessLine(`${line}\u001b]0;title\u0007\u001b[2J\u001b[1;1H\u0000`)).toBe(
      `${line} ]0;title  [2J [1;1H `,
    );
  });
});

describe('JSON', () => {
  it('keeps 64-bit integers exact and dates readable', () => {
    const value = { id: 9007199254740993n, small: 7n, at: new Date(0), none: null };
    expect(toJson(value)).toBe(
      '{"id":9007199254740993,"small":7,"at":"1970-01-01T00:00:00.000Z","none":null}',
    );
  });
});

describe('a table', () => {
  it('keeps wide characters in their columns', () => {
    const text = tableText(
      [{ title: 'name' }, { title: 'n', align: 'right' }],
      [
        ['日本', '1'],
        ['abc', '22'],
      ],
      { style: plain },
    );
    expect(text).toBe('name   n\n日本   1\nabc   22\n');
  });

  it('shows no more of a long text than a line holds, and nothing that a terminal would obey', () => {
    const result = { columns: ['t'], cell: (_: string, value: unknown) => String(value) };
    const shown = (t: string) => resultTable(result, [{ t }], { style: plain }).split('\n')[1];
    expect(shown('\u001b[31mred\u0007\r\nnext')).toBe(' [31mred   next');
    expect(shown('a\u202eb')).toBe('a b');
    expect(resultTable({ ...result, columns: ['\u001b[2Jt'] }, [{ '\u001b[2Jt': 1 }], { style: plain })).toBe(
      ' [2Jt\n    1\n',
    );
    const family = '👩‍👩‍👧';
    expect(shown(family.repeat(60))).toBe(family.repeat(60));
    expect(shown(family.repeat(61))).toBe(`${family.repeat(59)}…`);
  });

  it('shows shares in percent, and decimals alike within a column', () => {
    expect(metricCell('abandonmentRate', 0.5, true)).toBe('50.0%');
    expect(metricCell('viewToCart', 0.051, true)).toBe('5.1%');
    expect(metricCell('attentionGap', 0.0042, true)).toBe('0.4%');
    expect(metricCell('visitors', 1, true)).toBe('1.00');
    expect(metricCell('revenue', 1200, true)).toBe('1,200.00');
    expect(metricCell('revenue', 1200, false)).toBe('1,200');
    expect(metricCell('category', null, false)).toBe('-');
  });
});

describe('bars', () => {
  it('are as long as their share, never longer, and seen when not zero', () => {
    expect(bar(5, 10, 4)).toBe('██');
    expect(bar(20, 10, 4)).toBe('████');
    expect(bar(1, 1_000_000, 4)).toBe('▏');
    expect(bar(0, 10, 4)).toBe('');
    expect(bar(1, 0, 4)).toBe('');
  });

  it('as a line span the least to the greatest', () => {
    expect(sparkline([0, 7])).toBe('▁█');
    expect(sparkline([3, 3])).toBe('▄▄');
    expect(sparkline([0, 0])).toBe('▁▁');
    expect(sparkline([])).toBe('');
  });
});

describe("the user's folder", () => {
  const here = import.meta.dirname;
  it('is where npm was called for the script that passes words on, and the working folder otherwise', () => {
    expect(userFolder({ INIT_CWD: here, npm_lifecycle_event: 'headwater' })).toBe(here);
    expect(userFolder({ INIT_CWD: here })).toBe(here);
    expect(userFolder({ INIT_CWD: here, npm_lifecycle_event: 'nightly-load' })).toBeUndefined();
    expect(userFolder({ INIT_CWD: `${here}/gone`, npm_lifecycle_event: 'headwater' })).toBeUndefined();
    expect(userFolder({})).toBeUndefined();
  });
});

test.each([
  ['npm run -s headwater --', {}, '/clone/packages/cli/src/output/a.ts'],
  ['npx headwater', { npm_lifecycle_event: 'start' }, '/shop/node_modules/@headwater/cli/dist/output/a.js'],
  [
    'npx @headwater/cli',
    { npm_lifecycle_event: 'npx' },
    '/.npm/_npx/1f/node_modules/@headwater/cli/dist/a.js',
  ],
  ['headwater', {}, '/usr/lib/node_modules/@headwater/cli/dist/output/a.js'],
])('the command is typed as %s where it runs so', (command, env, module) => {
  expect(ownCommand(env, module)).toBe(command);
});
