import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const read = (path: string): string =>
  readFileSync(new URL(path, import.meta.url), 'utf8').replaceAll(/^\/\*\*.*\*\/$/gm, '');

describe('the table that init writes', () => {
  it("is the example's, so that demo lakes, the example and new projects can read each other", () => {
    expect(read('../src/template/clickstream.ts')).toContain("defineEvents('clickstream'");
    expect(read('../src/template/clickstream.ts')).toBe(
      read('../../../examples/ecommerce/src/clickstream.ts'),
    );
  });
});
