import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { scales } from '@headwater/infra/config';
import { lintTemplates } from '@headwater/local-aws/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { shopConfig } from './support/shop-config.ts';
import { type Synthesized, synthesize } from './support/synthesize.ts';

const made: Synthesized[] = [];
beforeAll(async () => {
  for (const scale of scales) made.push(await synthesize(shopConfig({ scale })));
});
afterAll(() => Promise.all(made.map((one) => one[Symbol.asyncDispose]())));

const region = 'eu-central-1';

test('cfn-lint finds nothing in the templates of the three scales', async () => {
  const files = made.map(({ file }) => file);
  expect(await lintTemplates(files, region)).toEqual([]);
});

test('cfn-lint finds a property that the resource does not have', async () => {
  const [shop] = made;
  if (!shop) throw new Error('nothing was synthesised');
  const wrong = join(shop.folder, 'wrong.json');
  await writeFile(wrong, shop.text.replaceAll('"BucketName"', '"BuckedName"'));
  const found = await lintTemplates([wrong], region);
  expect(found.some((line) => line.startsWith('E3002 ') && line.includes('BuckedName'))).toBe(true);
});
