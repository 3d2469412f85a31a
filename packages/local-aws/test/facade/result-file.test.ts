import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { csvLine, parseCsv } from '../../src/facade/athena/result-csv.ts';
import { ResultFile } from '../../src/facade/athena/result-file.ts';
import { parseExactly } from '../../src/facade/trino/parse-exactly.ts';

const folder = mkdtempSync(join(tmpdir(), 'headwater-results-'));
afterAll(() => rmSync(folder, { recursive: true }));

const odd = ['', null, 'a', '"', '""', ',', '\n', '\r\n', 'ü🙂', '"a",\n"b"', null, 'x'.repeat(1 << 20)];

it('writes values in quotes, and a missing one without', () => {
  expect(csvLine(['a "b"', null, ''])).toBe('"a ""b""",,""\n');
});

it.each([[[[null]]], [[odd]], [[odd, [null, null], odd.toReversed()]], [[]]])(
  'reads back what it wrote',
  (rows) => {
    expect(parseCsv(rows.map(csvLine).join(''))).toEqual(rows);
  },
);

it('gives any page of a long result', async () => {
  const file = await ResultFile.create(join(folder, 'deep', 'result.csv'));
  const rows = Array.from({ length: 4321 }, (_, index) => [String(index), index % 7 ? `ü\n${index}` : null]);
  await file.write(rows.slice(0, 2000));
  await file.write(rows.slice(2000));
  await file.flush();
  expect(file.rows).toBe(4321);
  expect(readFileSync(file.path)).toHaveLength(file.bytes);
  for (const [from, count] of [
    [0, 1000],
    [0, 1],
    [999, 2],
    [1000, 1000],
    [3999, 1000],
    [4320, 5],
    [4321, 5],
    [9000, 5],
  ] as const)
    expect(await file.read(from, count)).toEqual(rows.slice(from, from + count));
});

it('keeps numbers as they were written', () => {
  expect(parseExactly('{"a":[9223372036854775807,1.0E10,-0.0,1.10],"b":"1","c":null,"d":true}')).toEqual({
    a: ['9223372036854775807', '1.0E10', '-0.0', '1.10'],
    b: '1',
    c: null,
    d: true,
  });
});
