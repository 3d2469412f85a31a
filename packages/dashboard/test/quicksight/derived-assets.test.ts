import { awsModelProblems, awsRuleProblems, hasAwsModels } from '@headwater/local-aws/testing';
import { metrics } from '@headwater/queries';
import { describe, expect, test } from 'vitest';
import { checkAssets, deriveQuickSight, lintAssets } from '../../src/quicksight/index.ts';
import { clickstream } from '../support/clickstream.ts';
import { quickSightConfigs, shopTarget } from './derived-configs.ts';
import { requestsOf } from './requests-of.ts';

describe.each(Object.entries(quickSightConfigs))('%s', (_, config) => {
  const { assets } = deriveQuickSight({ table: clickstream, metrics, aws: shopTarget(), config });

  test('nothing is wrong, and nothing is shown blank', () => {
    expect(checkAssets(assets)).toEqual([]);
    expect(lintAssets(assets)).toEqual([]);
  });

  test.skipIf(!hasAwsModels())('every request is one that the model of the service takes', () => {
    for (const request of requestsOf(assets))
      expect([...awsModelProblems(request), ...awsRuleProblems(request)], request.operation).toEqual([]);
  });
});
