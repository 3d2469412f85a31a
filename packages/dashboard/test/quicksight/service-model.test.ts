import { awsModelProblems, awsRuleProblems, hasAwsModels } from '@headwater/local-aws/testing';
import { expect, test } from 'vitest';
import { handMadeAssets } from './hand-made-assets.ts';
import { requestsOf } from './requests-of.ts';

test.skipIf(!hasAwsModels())('every request is one that the model of the service takes', () => {
  for (const request of requestsOf(handMadeAssets()))
    expect([...awsModelProblems(request), ...awsRuleProblems(request)], request.operation).toEqual([]);
});

test.skipIf(!hasAwsModels())('the model refuses what it does not have', () => {
  const [request] = requestsOf(handMadeAssets()).filter(({ operation }) => operation === 'CreateDashboard');
  const input = structuredClone(request?.input) as { Definition: { Sheets: { Visuals: object[] }[] } };
  input.Definition.Sheets[0]?.Visuals.push({ PieVisual: { VisualId: 'pie' } });
  expect(awsModelProblems({ service: 'quicksight', operation: 'CreateDashboard', input })).toEqual([
    'CreateDashboard.Definition.Sheets[0].Visuals[2].PieVisual is unknown',
  ]);
});
