import { expect, test } from 'vitest';
import { type Derivation, derivations } from '../../src/index.ts';
import { testTarget } from './aws-test-target.ts';
import { shopEvents } from './shop-events.ts';

/** The committed output of each target, for people to read; the other suites here have each read by its own engine. */
const files = {
  'json-schema': 'shop-events.schema.json',
  'duckdb-ddl': 'shop-events.sql',
  'arrow-schema': 'shop-events.arrow.json',
  'parquetjs-schema': 'shop-events.parquetjs.json',
  'data-dictionary': 'shop-events.md',
  'postgres-table': 'shop-events.postgres.sql',
} as const;
const schema = shopEvents.schema;

test('every derivation that needs a definition alone is here', () => {
  const names = Object.entries<Derivation>(derivations).flatMap(([name, { needs }]) =>
    needs === 'schema' ? [name] : [],
  );
  expect(Object.keys(files)).toEqual(names);
});

test.each(Object.keys(files) as (keyof typeof files)[])(
  '%s: the committed output is what is derived',
  async (name) => {
    const derivation: Derivation = derivations[name];
    const options = derivation.options.parse({});
    const input = { schema, target: testTarget, tables: [schema], metrics: {} };
    const { text } = derivation.derive(input, options);
    expect(text.endsWith('\n')).toBe(true);
    expect(derivation.derive(input, options).text).toBe(text);
    expect(derivations[name].description).not.toMatch(/\n/);
    await expect(text).toMatchFileSnapshot(`../snapshots/${files[name]}`);
  },
);
