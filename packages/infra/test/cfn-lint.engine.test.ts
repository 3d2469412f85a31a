import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { scales } from '@headwater/infra/config';
import { lintTemplates } from '@headwater/local-aws/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { shopConfig } from './support/shop-config.ts';
import { type Synthesized, synthesize } from './support/synthesize.ts';

const made: Synthesized[] = [];
/** What cfn-lint finds in the template of each scale, and in a wrong one. Its start takes longer than a template. */
let found: string[][] = [];
beforeAll(async () => {
  for (const scale of scales) made.push(await synthesize(shopConfig({ scale }), made[0]?.assets));
  const [{ folder, text } = { folder: '', text: '' }] = made;
  const wrong = join(folder, 'wrong.json');
  const { Resources } = JSON.parse(text);
  const buckets = Object.entries(Resources).filter(([id]) => id.includes('Buckets'));
  const misspelled = JSON.stringify({ Resources: Object.fromEntries(buckets) });
  await writeFile(wrong, misspelled.replaceAll('"BucketName"', '"BuckedName"'));
  found = await lintTemplates([...made.map(({ file }) => file), wrong], 'eu-central-1');
});
afterAll(() => Promise.all(made.map((one) => one[Symbol.asyncDispose]())));

/** CDK's own constructs write a dependency that a reference implies: it says the same twice, and does no harm. */
const isTwiceSaid = (line: string): boolean => line.startsWith('W3005 ');

test.each(scales)('cfn-lint finds nothing in the template of the scale %s', (scale) => {
  expect(found[scales.indexOf(scale)]?.filter((line) => !isTwiceSaid(line))).toEqual([]);
});

test('cfn-lint finds a property that the resource does not have', () => {
  const lines = found.at(-1) ?? [];
  expect(lines.some((line) => line.startsWith('E3002 ') && line.includes('BuckedName'))).toBe(true);
});
