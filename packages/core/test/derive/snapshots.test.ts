import { expect, test } from 'vitest';
import { derivations } from '../../src/index.ts';
import { shopEvents } from './shop-events.ts';

/** The committed output of each target, for people to read; the other suites here have each read by its own engine. */
const files = {
  'json-schema': 'shop-events.schema.json',
  'duckdb-ddl': 'shop-events.sql',
  'arrow-schema': 'shop-events.arrow.json',
  'data-dictionary': 'shop-events.md',
} satisfies Record<keyof typeof derivations, string>;

test.each(Object.entries(derivations))(
  '%s: the committed output is what is derived',
  async (name, target) => {
    const text = target.derive(shopEvents.schema);
    expect(text.endsWith('\n')).toBe(true);
    expect(target.derive(shopEvents.schema)).toBe(text);
    expect(target.description).not.toMatch(/\n/);
    await expect(text).toMatchFileSnapshot(`../snapshots/${files[name as keyof typeof files]}`);
  },
);
