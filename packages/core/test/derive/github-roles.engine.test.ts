import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lintTemplates } from '@headwater/local-aws/testing';
import { expect, onTestFinished, test } from 'vitest';
import { deriveGithubRoles } from '../../src/index.ts';
import { testTarget } from './aws-test-target.ts';
import { shopEvents } from './shop-events.ts';

test('the template of the roles is one of CloudFormation, by cfn-lint', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'headwater-github-roles-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const write = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  const text = JSON.stringify(deriveGithubRoles([shopEvents.schema], testTarget, { repository: 'ada/shop' }));
  const wrong = write(
    'wrong.json',
    text.replace('"MaxSessionDuration":3600', '"MaxSessionDuration":36000000'),
  );
  const tables = Array.from({ length: 20 }, (_, index) => ({
    ...shopEvents.schema,
    name: `shop_events_${index}`,
  }));
  const many = deriveGithubRoles(tables, testTarget, { repository: 'ada/shop' });
  expect(many.Resources.DeployPolicy1?.Type).toBe('AWS::IAM::ManagedPolicy');
  const found = await lintTemplates(
    [write('roles.json', text), write('many.json', JSON.stringify(many)), wrong],
    testTarget.region,
  );
  expect(found).toEqual([
    [],
    [],
    [expect.stringContaining('Resources/PlanRole/Properties/MaxSessionDuration')],
  ]);
});
