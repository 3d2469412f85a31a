import {
  defaultText,
  defineEvents,
  emptyToNull,
  isHeadwaterError,
  lake,
  timestamp,
  trim,
} from '@headwater/core';
import { type FileSchema, fileSchema, sparkLayoutSelect, sparkSettings } from '@headwater/core/internal';
import { useSpark } from '@headwater/local-aws/testing';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { type CsvHints, csvLayout } from '../src/input/csv-layout.ts';

const settings = Object.fromEntries(Object.entries(sparkSettings).map(([name, { value }]) => [name, value]));
const spark = useSpark(settings);
const seed = Number(process.env['FUZZ_SEED'] ?? 20210131);
const count = Number(process.env['HEADWATER_SPARK_ROWS'] ?? 1000);

const { schema } = defineEvents('sales', {
  columns: {
    at: timestamp(),
    id: z.int32().register(lake, { aliases: ['Item ID', 'größe'] }),
    kind: z.enum(['buy', 'view']),
    note: z.string().optional(),
    amount: z.number().register(lake, { clean: [trim(), emptyToNull(), defaultText('0')] }),
  },
  roles: { time: 'at' },
  sources: {
    listed: { positions: ['at', null, 'id', 'kind'] },
    named: { columns: { Nr: 'id' }, constants: { kind: 'buy' }, where: { note: ['x', null] } },
    short: { positions: ['id', 'at'], constants: { kind: 'view' } },
  },
});

const names = [
  'at',
  'AT',
  ' at ',
  'id',
  'Item ID',
  'item id',
  'GRÖSSE',
  'größe',
  'Nr',
  'kind',
  'note',
  'Note',
];
const values = [
  '2020-01-01',
  '2020-01-01T00:00:00Z',
  '1',
  '-2',
  'x',
  'buy',
  'view',
  '',
  ' ',
  '1.5',
  'amount',
];
const more = [
  'jane@shop.example',
  '3f2504e0-4f89-11d3-9a0c-0305e82c3301',
  'a"b',
  'é 1',
  '\u00a0id\u3000',
  '\ufeff',
  "it's",
];
const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
const cell = fc
  .tuple(
    fc.oneof(
      { weight: 5, arbitrary: fc.constantFrom(...names) },
      { weight: 4, arbitrary: fc.constantFrom(...values) },
      { weight: 1, arbitrary: fc.constantFrom(...more) },
    ),
    fc.nat(19),
  )
  .map(([text, how]) =>
    how < 4 ? quoted(text) : how === 4 ? ` ${quoted(text)} ` : how === 5 ? `"${text}` : text,
  );
const good = fc.constantFrom(
  ['at', 'id', 'kind', 'note', 'amount'],
  ['kind', 'Item ID', 'at'],
  ['at', 'Nr', 'note'],
  ['2020-01-01', '1', 'buy', 'x', '1.5'],
  ['2020-01-01', '1', 'buy'],
  ['2020-01-01', '1', 'x'],
  ['2020-01-01', '', '7', 'view'],
);
const line = fc
  .tuple(
    fc.oneof(fc.array(cell, { maxLength: 7 }), good, good),
    fc.constantFrom(',', ',', ';', '\t', '|', ' '),
    fc.constantFrom('', '', '', ',', ';', ',,'),
  )
  .map(([cells, delimiter, end]) => cells.join(delimiter) + end);

/** What a load by DuckDB finds. */
function expected(file: FileSchema, first: string, hints: CsvHints): unknown {
  try {
    const { delimiter, width, positions, hasHeader, fields } = csvLayout(file, 'a.csv', first, hints);
    return { delimiter, width, positions, hasHeader, fields };
  } catch (error) {
    if (!isHeadwaterError(error)) throw error;
    const { missing, found, expected: fields, problem } = error.payload as Readonly<Record<string, unknown>>;
    const isCount = error.code === 'INPUT_COLUMN_COUNT';
    return {
      code: error.code,
      missing: missing ?? null,
      found: isCount ? null : (found ?? null),
      expected: fields ?? null,
      width: isCount ? found : null,
      text: problem ?? null,
    };
  }
}

test.each<[string | undefined, CsvHints]>([
  [undefined, {}],
  [undefined, { header: true }],
  [undefined, { header: false }],
  [undefined, { delimiter: ';' }],
  [undefined, { delimiter: ' ' }],
  ['listed', {}],
  ['listed', { header: true }],
  ['named', {}],
  ['short', {}],
  ['columns of the call', {}],
])(
  `${count} first lines are laid out as DuckDB's loads lay them out: source %s, %o`,
  async (source, hints) => {
    const file: FileSchema =
      source === 'columns of the call'
        ? { ...schema, positions: ['at', 'note'] }
        : fileSchema(schema, source);
    const lines = [...new Set(['', ...fc.sample(line, { numRuns: count, seed })])];
    const first = {
      columns: { input: 'INT', place: 'BIGINT', value: 'STRING' },
      rows: lines.map((text, index) => [String(index), String(index % 3), text]),
    };
    const { rows } = await spark.run(
      `SELECT input, delimiter, width, positions, header, fields, problem FROM (${sparkLayoutSelect(file, 'first', hints)}) ORDER BY input`,
      { first },
    );
    const found = rows.map(([, delimiter, width, positions, header, fields, problem], index) => {
      if (problem !== null && problem !== undefined) return JSON.parse(problem) as unknown;
      if (header !== null) expect(header).toBe(String(index % 3));
      return {
        delimiter,
        width: Number(width),
        positions: JSON.parse(positions ?? ''),
        hasHeader: header !== null,
        fields: JSON.parse(fields ?? ''),
      };
    });
    const wanted = lines.map((text) => expected(file, text, hints));
    const wrong = lines.flatMap((text, index) =>
      JSON.stringify(found[index]) === JSON.stringify(wanted[index])
        ? []
        : [{ text, spark: found[index], duckdb: wanted[index] }],
    );
    expect(wrong.slice(0, 3)).toEqual([]);
    expect(found.length).toBe(lines.length);
  },
);
