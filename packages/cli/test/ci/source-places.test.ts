import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { readSourcePlaces } from '../../src/ci/source-places.ts';

function projectOf(files: Readonly<Record<string, string>>) {
  const folder = mkdtempSync(join(tmpdir(), 'headwater-places-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return { folder, read: () => readSourcePlaces(folder) };
}

const table = `// Clicks
export const clicks = defineEvents(
  'clicks', {
  columns: {
    at: timestamp(), kind: z.string(),
    'odd-name': z.string(),
  },
});
`;

test('finds a table, its columns and metrics by their text', async () => {
  const { folder, read } = projectOf({
    'tables/clicks.ts': table,
    'metrics/rate.mts':
      "import { defineMetric } from 'x';\nexport const rate = defineMetric({\n  name: 'rate',\n});\n",
    'node_modules/x/index.js': "defineEvents('clicks', {})",
    'dist/clicks.js': "defineEvents('clicks', {})",
  });
  const places = await read();
  const at = (file: string, line: number) => ({ file: join(folder, file), line });
  expect(places.table('clicks')).toEqual(at('tables/clicks.ts', 2));
  expect(places.column('clicks', 'kind')).toEqual(at('tables/clicks.ts', 5));
  expect(places.column('clicks', 'odd-name')).toEqual(at('tables/clicks.ts', 6));
  expect(places.metric('rate')).toEqual(at('metrics/rate.mts', 3));
});

test('finds the table for a removed column, and no place for a name in no file or in two', async () => {
  const { folder, read } = projectOf({
    'clicks.ts': table,
    'copy.ts': "defineEvents('twice')",
    'other.js': 'defineEvents("twice")',
  });
  const places = await read();
  expect(places.column('clicks', 'brand')).toEqual({ file: join(folder, 'clicks.ts'), line: 2 });
  expect(places.table('twice')).toBeUndefined();
  expect(places.column('none', 'kind')).toBeUndefined();
  expect(places.metric('rate')).toBeUndefined();
});
