import { DataBrewClient } from '@aws-sdk/client-databrew';
import { GlueClient } from '@aws-sdk/client-glue';
import { awsTarget } from '@headwater/core';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { crawlerResource } from '../src/steps/resource/crawler-resource.ts';
import { databrewResources } from '../src/steps/resource/databrew-resources.ts';
import {
  changedFields,
  contentRecord,
  fieldDifferences,
  type Members,
  type ResourceField,
} from '../src/steps/resource/resource-content.ts';
import { schemaWith } from './publish-fixture.ts';

const fields: readonly ResourceField[] = [
  { member: 'Role', what: 'role' },
  { member: 'Steps', what: 'step' },
  { member: 'Text', what: 'rule' },
  { member: 'Nodes', what: 'nodes', hasDefault: true },
];
const ours = { Role: 'a', Steps: [{ x: '1', y: '2' }, { x: '3' }], Text: 'one\ntwo\n', Nodes: 5 };
const changed = (live: Members, wanted: Members = ours) =>
  changedFields(fields, live, wanted).map(({ what }) => what);

test.each<[string, Members, string[]]>([
  ['as it was published', ours, []],
  ['with its members in another order', { ...ours, Steps: [{ y: '2', x: '1' }, { x: '3' }] }, []],
  [
    'with what is empty, false or absent',
    {
      ...ours,
      Steps: [
        { x: '1', y: '2', z: [], on: false },
        { x: '3', w: null },
      ],
    },
    [],
  ],
  ['with a member of others', { ...ours, CreatedBy: 'somebody' }, []],
  ['of another role', { ...ours, Role: 'b' }, ['role']],
  ['without a role', { ...ours, Role: undefined }, ['role']],
  ['with another step', { ...ours, Steps: [{ x: '1' }, { x: '3' }] }, ['step']],
  ['with its steps in another order', { ...ours, Steps: ours.Steps.toReversed() }, ['step']],
  ['of other nodes', { ...ours, Nodes: 6 }, ['nodes']],
])('finds what differs in a resource %s', (_, live, expected) => {
  expect(changed(live)).toEqual(expected);
});

test('compares what the service fills in only where it is derived', () => {
  const { Nodes: _, ...without } = ours;
  expect(changed({ ...ours, Nodes: 6 }, without)).toEqual([]);
  expect(changed({ ...ours, Role: 'b' }, { ...ours, Role: undefined })).toEqual(['role']);
});

test('tells a change by others from a change of the definition, item by item and line by line', () => {
  const record = contentRecord(fields, ours);
  const now = { ...ours, Role: 'c', Steps: [{ x: '4' }, ...ours.Steps], Text: 'two\nthree\n' };
  const live = { ...ours, Role: 'b' };
  expect(fieldDifferences(changedFields(fields, live, now), live, now, record)).toEqual([
    { what: 'role', was: 'b', becomes: 'c', cause: 'drift' },
    { what: 'step', was: null, becomes: '{"x":"4"}', cause: 'change' },
    { what: 'rule', was: 'one', becomes: null, cause: 'change' },
    { what: 'rule', was: null, becomes: 'three', cause: 'change' },
  ]);
  const swapped = { ...ours, Steps: ours.Steps.toReversed() };
  expect(fieldDifferences(changedFields(fields, swapped, ours), swapped, ours, record)).toMatchObject([
    { what: 'order of step', cause: 'drift' },
  ]);
  // The same step twice is one too many.
  const twice = { ...ours, Steps: [...ours.Steps, { x: '3' }] };
  expect(fieldDifferences(changedFields(fields, twice, ours), twice, ours, '')).toEqual([
    { what: 'step', was: '{"x":"3"}', becomes: null, cause: 'change' },
  ]);
});

test('records what was published in the value of a tag, for every resource', () => {
  const target = awsTarget({
    region: 'eu-central-1',
    account: '123456789012',
    database: 'shop',
    location: 's3://shop-lake/events',
    firstDay: '2019-10-01',
    kmsKey: 'arn:aws:kms:eu-central-1:123456789012:key/1234abcd',
    dataBrew: { schedule: 'cron(0 3 * * ? *)', project: true },
    crawler: {},
  });
  const schema = schemaWith('recorded', { brand: z.string().optional() });
  const resources = [
    ...databrewResources(new DataBrewClient({ region: 'eu-central-1' }), schema, '1.0.0', target),
    crawlerResource(new GlueClient({ region: 'eu-central-1' }), schema, target),
  ];
  expect(resources).toHaveLength(7);
  for (const { words, fields: own, members } of resources) {
    const record = contentRecord(own, members);
    // https://docs.aws.amazon.com/databrew/latest/dg/API_TagResource.html
    expect(record.length, words).toBeLessThanOrEqual(256);
    expect(record).toMatch(/^[\w :-]+$/);
    expect(new Set(record.split(' ').map((entry) => entry.split(':')[0])).size).toBe(own.length);
  }
});
