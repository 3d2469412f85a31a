import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { ColumnShape, TableSchema } from '@headwater/core';
import type { SchemaSnapshot } from '@headwater/core/internal';
import { afterAll, expect, test } from 'vitest';
import { z } from 'zod';
import { compareSchema, findVersion } from '../src/index.ts';
import { schemaWith } from './publish-fixture.ts';

const folder = mkdtempSync(join(tmpdir(), 'headwater-compare-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const schemaOf = (columns: ColumnShape): TableSchema => schemaWith('events', columns);
const version = (number: number, columns: ColumnShape): SchemaSnapshot => ({
  layout: 1,
  table: 'events',
  number,
  version: `${number}.0.0`,
  schema: schemaOf(columns),
});
const before = version(1, { brand: z.string().optional() });

/** A project whose one query reads the column `brand` of a working definition with this column. */
function project(column: string, hasTypeScript = true): string {
  const root = mkdtempSync(join(folder, 'project-'));
  const workspace = join(import.meta.dirname, '..', '..', '..');
  mkdirSync(join(root, 'node_modules'));
  if (hasTypeScript)
    symlinkSync(join(workspace, 'node_modules', 'typescript'), join(root, 'node_modules', 'typescript'));
  mkdirSync(join(root, 'queries'));
  writeFileSync(join(root, 'events.ts'), `export interface Row { readonly ${column}: string | null }\n`);
  writeFileSync(
    join(root, 'queries', 'brands.ts'),
    "import type { Row } from '../events.ts';\n\nexport const brandOf = (row: Row): string | null => row.brand;\n",
  );
  return root;
}

test('a query that no longer compiles breaks the change that it names, with its line', async () => {
  const queries = { folder: project('label'), patterns: ['queries/*.ts'] };
  const now = schemaOf({ label: z.string().optional() });
  const { diff, queries: check } = await compareSchema({ before, now, queries });
  expect(check).toMatchObject({
    status: 'checked',
    files: 1,
    errors: [{ file: join('queries', 'brands.ts'), line: 3, code: 'TS2339' }],
  });
  const verdicts = Object.fromEntries(diff.changes.map((change) => [change.id, change.verdicts.queries]));
  expect(verdicts['drop-column:brand']).toMatchObject({ verdict: 'incompatible', basis: 'tested' });
  expect(verdicts['drop-column:brand']?.reason).toContain(`${join('queries', 'brands.ts')}:3`);
});

test('queries that compile make the verdict compatible', async () => {
  const queries = { folder: project('brand'), patterns: ['queries/*.ts'] };
  const now = schemaOf({ brand: z.string() });
  const { diff } = await compareSchema({ before, now, queries });
  expect(diff.changes.map(({ verdicts }) => verdicts.queries.verdict)).toEqual(['compatible']);
});

test('says why queries were not type-checked', async () => {
  const now = schemaOf({ brand: z.string() });
  const status = async (options: object) => (await compareSchema({ before, now, ...options })).queries;
  const bare = dirname(folder);
  expect(await status({})).toEqual({ status: 'none' });
  expect(await status({ queries: { folder: project('brand', false), patterns: ['queries/*.ts'] } })).toEqual({
    status: 'not-checked',
    reason: expect.stringContaining('TypeScript is not installed'),
  });
  expect(await status({ queries: { folder: bare, patterns: ['no-such-folder/*.ts'] } })).toEqual({
    status: 'not-checked',
    reason: 'no file matches no-such-folder/*.ts',
  });
  expect(await status({ isWorking: false })).toMatchObject({ status: 'not-checked' });
});

test('metrics come from the function that finds them, by the changes', async () => {
  const now = schemaOf({ brand: z.string() });
  const seen: string[] = [];
  const { metrics } = await compareSchema({
    before,
    now,
    metricImpacts(earlier, later, changes) {
      expect([earlier, later]).toEqual([before.schema, now]);
      seen.push(...changes.map(({ id }) => id));
      return [{ metric: 'top-brands' }];
    },
  });
  expect(metrics).toEqual([{ metric: 'top-brands' }]);
  expect(seen).toEqual(['make-required:brand']);
});

test('a version is found by its number or its name', () => {
  const history = [before, version(2, {})];
  expect(findVersion(history, 'events', '2')).toBe(history[1]);
  expect(findVersion(history, 'events', '1.0.0')).toBe(before);
  expect(() => findVersion(history, 'events', '3')).toThrow(/no version 3\..* 1 \(1\.0\.0\), 2 \(2\.0\.0\)/);
});
