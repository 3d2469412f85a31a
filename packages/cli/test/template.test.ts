import { schemaFingerprint } from '@headwater/core';
import { describe, expect, it } from 'vitest';
import { clickstream as example } from '../../../examples/ecommerce/src/clickstream.ts';
import { clickstream } from '../src/template/clickstream.ts';

describe('the table that init writes', () => {
  it("is the example's, so that demo lakes, the example and new projects can read each other", () => {
    expect(schemaFingerprint(clickstream.schema)).toBe(schemaFingerprint(example.schema));
    expect(clickstream.schema).toEqual(example.schema);
  });
});
