import { awsRuleProblems } from '@headwater/local-aws/testing';
import { describe, expect, test } from 'vitest';
import {
  awsRequests,
  botocoreProblems,
  dataBrewRequests,
  hasBotocore,
  lifecycleRequest,
} from './aws-requests.ts';
import { testTarget } from './aws-test-target.ts';

/** The lifecycles of a lake and of results that have a bucket each. */
const apart = (['lake', 'results'] as const).map((bucket) =>
  lifecycleRequest({ ...testTarget, results: 's3://shop-results/athena' }, { bucket }),
);

const mayLack = process.env['HEADWATER_ENGINES'] !== 'all';

describe.skipIf(mayLack && !hasBotocore())('the service models of botocore', () => {
  test('take every request: names, types, lengths, patterns, enums', () => {
    const requests = [...awsRequests(testTarget), ...apart, ...dataBrewRequests(testTarget)];
    expect(requests.length).toBeGreaterThan(30);
    expect(botocoreProblems(requests, 'check')).toEqual([]);
  });

  test('refuse what is wrong with one, so that the check is one', () => {
    const table = (TableInput: object) => ({
      service: 'glue',
      operation: 'CreateTable',
      input: { DatabaseName: 'shop', TableInput },
    });
    const found = botocoreProblems(
      [
        table({ Name: 't', TableTyp: 'EXTERNAL_TABLE' }),
        table({ Name: 't', StorageDescriptor: { Columns: [{ Name: 'c', Comment: 'x'.repeat(256) }] } }),
        table({ Name: 't', StorageDescriptor: { Columns: [{ Name: 'c', Comment: 'a\nb' }] } }),
        {
          service: 'glue',
          operation: 'CreateSchema',
          input: { SchemaName: 'a b', DataFormat: 'json', SchemaDefinition: '{}' },
        },
        {
          service: 'databrew',
          operation: 'CreateRecipe',
          input: { Name: 'r', Steps: [{ Action: { Operation: 'trim', Parameters: { sourceColumn: 'c' } } }] },
        },
      ],
      'check',
    );
    expect(found.map(([, problems]) => problems.length)).toEqual([1, 1, 1, 2, 1]);
  });
});

test('every request keeps to the rules that the models do not have', () => {
  const broken = [...awsRequests(testTarget), ...apart].flatMap(awsRuleProblems);
  expect(broken).toEqual([]);
});
