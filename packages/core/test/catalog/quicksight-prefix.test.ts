import { expect, test } from 'vitest';
import { quickSightPrefix } from '../../src/catalog/quicksight-prefix.ts';

test('no two tables share the beginning of their ids', () => {
  const tables = [
    ['shop', 'web_clicks'],
    ['shop_web', 'clicks'],
    ['shop', 'web'],
    ['shop', 'clicks'],
    ['shop', 'clicks_archive'],
  ] as const;
  const prefixes = tables.map(([database, table]) => `${quickSightPrefix({ database }, table)}-`);
  for (const one of prefixes) expect(prefixes.filter((other) => other.startsWith(one))).toEqual([one]);
});
