import { expect, it } from 'vitest';
import { shapeInput } from '../../../src/facade/cloudformation/api/shape-input.ts';
import type { ApiCall, ApiResource } from '../../../src/facade/cloudformation/resources/api-resource.ts';
import { describedTypes } from '../../../src/facade/cloudformation/resources/resource-types.ts';
import { readServiceModel } from '../../../src/model/service-model.ts';
import { hasAwsModels } from '../../../src/testing/aws-model-problems.ts';

const callsOf = ({ create, update = [], delete: removed, exists }: ApiResource): readonly ApiCall[] => [
  ...create,
  ...update,
  ...removed,
  ...(exists === undefined ? [] : [exists]),
];

it.skipIf(!hasAwsModels())('calls operations that the services have', () => {
  const types: readonly (readonly [string, ApiResource])[] = Object.entries(describedTypes);
  const unknown = types.flatMap(([type, row]) =>
    callsOf(row)
      .filter(
        ({ service = row.service, operation }) =>
          !Object.hasOwn(readServiceModel(service).operations, operation),
      )
      .map(({ operation }) => `${type}: ${operation}`),
  );
  expect(unknown).toEqual([]);
});

it.skipIf(!hasAwsModels())('makes inputs of properties by the model of the service', () => {
  const logs = readServiceModel('logs');
  expect(
    shapeInput(logs, 'CreateLogGroup', {
      LogGroupName: '/aws/shop',
      Tags: [{ Key: 'team', Value: 'data' }],
      DataProtectionPolicy: {},
    }),
  ).toEqual({
    input: { logGroupName: '/aws/shop', tags: { team: 'data' } },
    unknown: ['DataProtectionPolicy'],
  });
  expect(shapeInput(logs, 'PutRetentionPolicy', { LogGroupName: 'g', RetentionInDays: '30' }).input).toEqual({
    logGroupName: 'g',
    retentionInDays: 30,
  });
  expect(
    shapeInput(readServiceModel('glue'), 'CreateTable', {
      DatabaseName: 'shop',
      TableInput: { Name: 'events', Parameters: { classification: 'parquet', hidden: false }, Owners: [] },
    }),
  ).toEqual({
    input: {
      DatabaseName: 'shop',
      TableInput: { Name: 'events', Parameters: { classification: 'parquet', hidden: 'false' } },
    },
    unknown: ['TableInput.Owners'],
  });
});
