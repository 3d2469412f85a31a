import { describe, expect, test } from 'vitest';
import {
  type Derivation,
  derivations,
  deriveIamPolicy,
  type PolicyRole,
  type TableLayer,
  type TableSchema,
} from '../../src/index.ts';
import { deriveReadPolicy, policyRoles, tableLayers } from '../../src/internal.ts';
import { byKind, everyKind } from './aws-tables.ts';
import { testTarget } from './aws-test-target.ts';
import { shopEvents } from './shop-events.ts';

// The committed output of each target, for people to read; the other suites here have each read by another's parser,
// model or engine.

/** By hour; with nested kinds and odd texts; by hour and an enum. */
const tables = [shopEvents, everyKind, byKind].map(({ schema }) => schema);
const targets = Object.entries<Derivation>(derivations).filter(
  ([name, { needs }]) => needs === 'target' || name.startsWith('flink-'),
);

const ending = (text: string): string => (/^[{[]/.test(text) ? 'json' : 'sql');

async function expectCommitted(name: string, text: string): Promise<void> {
  expect(text.endsWith('\n')).toBe(true);
  await expect(text).toMatchFileSnapshot(`../snapshots/aws/${name}.${ending(text)}`);
}

describe.each(targets)('%s', (target, derivation) => {
  const textOf = (schema: TableSchema, options: object): string =>
    derivation.derive({ schema, target: testTarget, tables: [schema], metrics: {} }, { ...options }).text;

  // A workgroup is the same whatever the table, and only the first table needs a view.
  const isOfOne = ['athena-workgroup', 'glue-view', 'query-alarms'].includes(target);
  test.each(isOfOne ? tables.slice(0, 1) : tables)('of $name', async (schema) => {
    const options = {
      version: '1.2.0',
      maxScan: '5 GB',
      landing: `s3://shop-landing/${schema.name}/`,
      transform: 'arn:aws:lambda:eu-central-1:123456789012:function:clean',
    };
    const text = textOf(schema, options);
    expect(textOf(schema, options)).toBe(text);
    await expectCommitted(`${schema.name}/${target}`, text);
    expect(derivation.description).not.toMatch(/\n/);
  });

  const hasLayers = 'layer' in derivation.options.shape;
  const others: readonly TableLayer[] = hasLayers ? tableLayers.filter((layer) => layer !== 'curated') : [];
  test.each(others)('of the layer %s', async (layer) => {
    await expectCommitted(`shop_events/${target}.${layer}`, textOf(shopEvents.schema, { layer }));
  });
});

test('the lifecycle of a bucket, with every table and with results', async () => {
  const { text } = derivations['s3-lifecycle'].derive(
    { schema: shopEvents.schema, target: testTarget, tables },
    derivations['s3-lifecycle'].options.parse({}),
  );
  await expectCommitted('s3-lifecycle', text);
});

describe('policies', () => {
  const text = (policy: object) => `${JSON.stringify(policy, null, 2)}\n`;
  test.each(Object.keys(policyRoles) as PolicyRole[])('of the role %s', async (role) => {
    await expectCommitted(`policies/${role}`, text(deriveIamPolicy(tables, testTarget, role)));
  });

  test('of readers who see no personal data', async () => {
    const policy = deriveIamPolicy(tables, testTarget, 'analyst', { permissionClass: 'no_pii' });
    await expectCommitted('policies/analyst-no-pii', text(policy));
  });

  test('of one metric', async () => {
    const columns = ['event_time', 'user_id'];
    const policy = deriveReadPolicy([{ table: shopEvents.schema, columns }], testTarget);
    await expectCommitted('policies/one-metric', text(policy));
  });
});
