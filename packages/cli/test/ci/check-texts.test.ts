import { defineEvents, timestamp } from '@headwater/core';
import { compareSchema } from '@headwater/publish';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { annotationsOf } from '../../src/ci/annotations.ts';
import { checkMarkdown } from '../../src/ci/check-markdown.ts';
import { code, plain } from '../../src/ci/markdown.ts';
import type { TableCheck } from '../../src/schema/check-table.ts';

const roles = { time: 'at' } as const;
const before = defineEvents('clicks', {
  columns: { at: timestamp(), kind: z.enum(['a|b', 'c']) },
  roles,
}).schema;
const now = defineEvents('clicks', { columns: { at: timestamp(), kind: z.enum(['c']) }, roles }).schema;

async function failedCheck(reason: string): Promise<TableCheck> {
  const comparison = await compareSchema({
    before: { layout: 1, table: 'clicks', number: 1, version: '1.0.0', schema: before },
    now,
  });
  const broken = { metric: 'own-metric', effect: 'stops', reason, change: null } as const;
  return {
    table: 'clicks',
    history: [],
    comparison: { ...comparison, metrics: [broken] },
    accepted: [],
    open: comparison.diff.changes,
    broken: [broken],
    problems: [],
    exitCode: 1,
  };
}

test('texts of findings cannot be Markdown, a mention, or another command of a workflow', async () => {
  const check = await failedCheck('<img src=x> @everyone\n::set-env name=x::y | 100%, a:b');
  const markdown = checkMarkdown([check]);
  expect(markdown).toContain(
    '`own-metric` stops: \\<img src=x\\> \\@everyone ::set-env name=x::y \\| 100%, a:b',
  );
  const [metric, ...others] = await annotationsOf([check], '/none/headwater.config.ts', '/none');
  expect(metric).toBe(
    '::error title=Metric own-metric stops::<img src=x> @everyone%0A::set-env name=x::y | 100%25, a:b',
  );
  expect(others[0]).toMatch(/^::error title=remove-enum-value%3Akind%3Aa|b::/);
  expect([metric, ...others].some((line) => line?.includes('\n'))).toBe(false);
});

test('the same result is the same text, with each change in a row of a table', async () => {
  const [one, again] = [checkMarkdown([await failedCheck('x')]), checkMarkdown([await failedCheck('x')])];
  expect(again).toBe(one);
  const rows = one.split('\n').filter((line) => line.startsWith('| '));
  expect(new Set(rows.map((row) => row.replaceAll('\\|', '').split('|').length)).size).toBe(1);
  expect(rows).toHaveLength(3);
});

test('inline code holds any text', () => {
  expect(code('a`b')).toBe('`` a`b ``');
  expect(plain('a_b*c\n d')).toBe('a\\_b\\*c d');
});
