import { expect, inject, test } from 'vitest';
import { z } from 'zod';
import { javaPattern, quoteText } from '../../src/internal.ts';
import { patternTexts, portablePatterns } from './pattern-texts.ts';

const page = z.object({
  data: z.array(z.array(z.boolean())).optional(),
  error: z.object({ message: z.string() }).optional(),
  nextUri: z.string().optional(),
});

/** The rows of a statement, by Trino's own protocol (https://trino.io/docs/current/develop/client-protocol.html). */
async function trinoRows(url: string, sql: string): Promise<boolean[][]> {
  const rows: boolean[][] = [];
  let response = await fetch(`${url}/v1/statement`, {
    method: 'POST',
    body: sql,
    headers: { 'X-Trino-User': 'headwater' },
  });
  for (;;) {
    const { data = [], error, nextUri } = page.parse(await response.json());
    if (error) throw new Error(error.message);
    rows.push(...data);
    if (nextUri === undefined) return rows;
    response = await fetch(nextUri);
  }
}

const url = (): string => {
  const engines = inject('engines');
  return 'missing' in engines ? '' : engines.trino;
};

test.each(portablePatterns)('%s accepts the same texts in JavaScript and in Trino', async (pattern) => {
  const matches = patternTexts.map(
    (text) => `regexp_like(${quoteText(text)}, ${quoteText(javaPattern(pattern.source))})`,
  );
  const [found = []] = await trinoRows(url(), `SELECT ${matches.join(', ')}`);
  const expected = patternTexts.map((text) => new RegExp(pattern.source, 'u').test(text));
  expect(patternTexts.filter((_, index) => found[index] !== expected[index])).toEqual([]);
});

test('without the change, Trino would take a line end for the end', async () => {
  const dollar = quoteText('^a$');
  expect(await trinoRows(url(), `SELECT regexp_like(${quoteText('a\n')}, ${dollar})`)).toEqual([[true]]);
});
