import { expect, test } from 'vitest';
import { z } from 'zod';
import { createRecordCleaner, defineEvents, duckdbCleaningSelect, timestamp } from '../../src/index.ts';
import { quoteText } from '../../src/internal.ts';
import { patternTexts, portablePatterns } from '../clean/pattern-texts.ts';
import { withDuckdb } from '../support/with-duckdb.ts';

const withPattern = (pattern: RegExp) =>
  defineEvents('events', {
    columns: { at: timestamp(), v: z.string().regex(pattern).optional() },
    roles: { time: 'at' },
  });

test.each<[RegExp, string]>([
  [/a/i, 'the regex flags "i" are not portable'],
  [/^a/m, 'the regex flags "m" are not portable'],
  [/a(?=b)/, 'look-around'],
  [/(?<!a)b/, 'look-around'],
  [/(?<name>a)/, 'named groups'],
  [/(a)\1/, 'the escape \\1'],
  [/\sa/, 'the escape \\s'],
  [/\bword\b/, 'the escape \\b'],
  [/\p{L}/u, 'the escape \\p'],
  [/\x41/, 'the escape \\x'],
  [/\0/, 'the escape \\0'],
  [/\v/, 'the escape \\v'],
  [/[a[b]/, 'nested classes'],
  [/[[]/, 'nested classes'],
  [/[a&&b]/, 'nested classes'],
  [/a{1001}/, 'more than 1000 repeats'],
  [/a{2,2000}/, 'more than 1000 repeats'],
  [/a.c/, 'a bare "."'],
  [/a{,5}/, 'is not a valid regex with the flag u'],
])('%s is refused', (pattern, message) => {
  expect(() => withPattern(pattern)).toThrow(
    expect.objectContaining({ code: 'DEFINITION_INVALID', message: expect.stringContaining(message) }),
  );
});

// As texts: written as literals, the linter would set them right.
test.each([
  ['[^]', 'an empty class'],
  ['a\\-b', 'is not a valid regex with the flag u'],
])('the source %s is refused', (source, message) => {
  expect(() => withPattern(RegExp(source))).toThrow(message);
});

test.each(portablePatterns)('%s accepts the same texts in JavaScript and in DuckDB', async (pattern) => {
  const table = withPattern(pattern);
  const clean = createRecordCleaner(table.schema);
  const expected = patternTexts.map((v) => clean({ at: '2020-01-01', v }).accepted);
  const rows = patternTexts.map((text, index) => `(${index}, '2020-01-01', ${quoteText(text)})`).join(', ');
  const accepted = await withDuckdb(async (rowsOf, run) => {
    await run(`CREATE TABLE raw AS SELECT * FROM (VALUES ${rows}) AS raw(i, "at", v) ORDER BY i`);
    const found = await rowsOf(
      `SELECT len(reasons) = 0 AS accepted FROM (${duckdbCleaningSelect(table.schema, 'raw')})`,
    );
    return found.map((row) => row['accepted']);
  });
  expect(Object.fromEntries(patternTexts.map((text, index) => [text, accepted[index]]))).toEqual(
    Object.fromEntries(patternTexts.map((text, index) => [text, expected[index]])),
  );
});
