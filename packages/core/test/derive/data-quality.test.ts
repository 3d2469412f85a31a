import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import {
  defineEvents,
  deriveDataQualityRuleset,
  explainDataQuality,
  isHeadwaterError,
  timestamp,
} from '../../src/index.ts';
import { type DqdlRule, parseDqdl } from '../support/dqdl.ts';
import { passesDqdl } from '../support/dqdl-on-duckdb.ts';
import { sparkMacros } from '../support/spark-sql-to-duckdb.ts';
import { withDuckdb } from '../support/with-duckdb.ts';
import { byKind, everyKind } from './aws-tables.ts';
import { testTarget } from './aws-test-target.ts';
import { changeFirst, checkedEvents, cleanTable, faults, rawRows } from './data-quality-tables.ts';
import { withNestedColumns } from './nested-columns.ts';
import { shopEvents } from './shop-events.ts';

const { schema } = checkedEvents;
const rulesOf = (of = schema): DqdlRule[] => parseDqdl(deriveDataQualityRuleset(of, testTarget).Ruleset);

/** The rules that rows fail, after statements that change them. */
const failures = (changes: readonly string[], rules = rulesOf()): Promise<string[]> =>
  withDuckdb(async (rowsOf, run) => {
    for (const statement of [...sparkMacros, ...cleanTable(schema, rawRows), ...changes])
      await run(statement);
    const one = async (sql: string) => Object.values((await rowsOf(sql))[0] ?? {})[0];
    const failed: string[] = [];
    for (const rule of rules) if (!(await passesDqdl(rule, one))) failed.push(rule.text);
    return failed;
  });

test('clean rows pass every rule, with nulls and values at the bounds', async () => {
  expect(await failures([])).toEqual([]);
});

test('rows of older files pass: a former name and a default are read', async () => {
  const older = `update "primary" set maker = 'acme', brand = null, channel = null`;
  expect(await failures([older])).toEqual([]);
});

describe('a fault fails its rule, and no other', () => {
  test.each(faults)('%s', async (rule, changes) => {
    const failed = await failures(changes);
    expect(failed).toEqual([expect.stringMatching(rule)]);
  });

  const required = rulesOf().flatMap(({ type, parameters }) => (type === 'IsComplete' ? parameters : []));
  test.each(required)(
    'a null in %s fails the rules on its values as well, as AWS documents',
    async (column) => {
      const ofValues = (text: string): boolean =>
        text === `IsComplete "${column}"` ||
        text.startsWith(`ColumnValues "${column}"`) ||
        text.startsWith(`ColumnLength "${column}" >`);
      const expected = rulesOf()
        .map(({ text }) => text)
        .filter(ofValues);
      expect(await failures(changeFirst(`"${column}" = null`))).toEqual(expected);
    },
  );

  test('and there is one for every rule', () => {
    const untested = rulesOf().filter(
      ({ type, text }) => type !== 'IsComplete' && !faults.some(([rule]) => rule.test(text)),
    );
    expect(untested).toEqual([]);
    expect(required.length).toBeGreaterThan(8);
  });
});

test.each([shopEvents.schema, everyKind.schema, byKind.schema, schema, withNestedColumns(byKind.schema)])(
  'the rules of $name are DQDL, each once, below what the definition says',
  (table) => {
    const rules = rulesOf(table);
    expect(new Set(rules.map(({ text }) => text)).size).toBe(rules.length);
    const names = new Set([table.name, ...table.columns.map(({ name }) => name)]);
    for (const { comments } of rules) {
      expect(comments.length).toBeGreaterThan(0);
      for (const comment of comments) expect(names).toContain(comment.split(':')[0]);
    }
    const explained = explainDataQuality(table);
    expect(new Set(explained.flatMap(({ rule }) => rule ?? []))).toEqual(
      new Set(rules.map(({ text }) => text)),
    );
    for (const { rule, note } of explained) expect(rule === undefined).toBe(note !== undefined);
  },
);

test('what has no rule is listed with the reason', () => {
  const without = explainDataQuality(withNestedColumns(byKind.schema)).filter(({ rule }) => !rule);
  expect(
    without.map(({ column = 'table', source, note = '' }) => [column, source, note.slice(0, 20)]),
  ).toEqual([
    ['table', 'freshness', 'No definition says i'],
    ['at', 'parse', 'The files have value'],
    ['product_id', 'parse', 'The files have value'],
    ['tags', 'type', 'DQDL judges columns;'],
    ['place', 'type', 'DQDL judges columns;'],
    ['counts', 'type', 'DQDL judges columns;'],
  ]);
});

test('the reader of DQDL refuses what DQDL refuses, so that it is a check', () => {
  for (const text of [
    'RowCount > 0',
    'rules = [ RowCount > 0 ]',
    'Rules = [ rowCount > 0 ]',
    'Rules = [ RowCount > 0',
    'Rules = [ RowCount > 0 ] x',
    'Rules = [ IsComplete ]',
    'Rules = [ ColumnValues "a" in ["x", "10:30"] ]',
    'Rules = [ ColumnValues "a" in [1, "x"] ]',
    'Rules = [ ColumnLength "a" >= "x" ]',
    'Rules = [ ColumnValues "a" like "x" ]',
    "Rules = [ IsComplete 'a' ]",
  ])
    expect(() => parseDqdl(text), text).toThrow(/DQDL/);
});

test('rules above the maximum of Glue are refused', () => {
  const values = Array.from({ length: 4000 }, (_, index) => `value-number-${index}`) as [string, ...string[]];
  const large = defineEvents('large', {
    columns: { at: timestamp(), kind: z.enum(values) },
    roles: { time: 'at' },
  });
  let thrown: unknown;
  try {
    deriveDataQualityRuleset(large.schema, testTarget);
  } catch (error) {
    thrown = error;
  }
  expect(isHeadwaterError(thrown, 'AWS_LIMIT_EXCEEDED')).toBe(true);
});
