import { describe, expect, test } from 'vitest';
import { shopCases } from './support/shop-cases.ts';

const seed = 7;

// The committed samples come from the generators of the tests: `npm run unit -- examples/shops -u` writes them again.
describe.for(shopCases)('$folder', ({ folder, invent, sample }) => {
  const { files } = invent({ seed, visits: sample });
  test.for(Object.entries(files))('%s is the sample that is committed', async ([name, text]) => {
    expect(text.split('\n').length).toBeLessThan(80);
    await expect(text).toMatchFileSnapshot(`../${folder}/${name}`);
  });

  test('a large one has hundreds of rows, with every kind of dirt', () => {
    const large = invent({ seed: 1, visits: 300 });
    expect(large.meant.events.length).toBeGreaterThan(250);
    expect(large.rowsIn).toBe(
      large.meant.events.length + large.duplicates + large.leftOut + large.refused.length,
    );
    expect(large.refused.length).toBeGreaterThanOrEqual(3);
  });
});
