import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';

const folder = join(import.meta.dirname, '..');
afterAll(() => rmSync(join(folder, 'cdk.out'), { recursive: true, force: true }));

test('the app of ten lines makes the whole platform of the shop, in the scale that it is given', () => {
  const lines = readFileSync(join(folder, 'app.ts'), 'utf8').trim().split('\n');
  expect(lines.length).toBeLessThanOrEqual(10);
  const readme = readFileSync(join(folder, '../../packages/infra/README.md'), 'utf8');
  expect(readme).toContain(`\`\`\`ts\n${lines.join('\n')}\n\`\`\``);
  execFileSync(process.execPath, ['--conditions=@headwater/source', 'app.ts', 'large'], { cwd: folder });
  const { Resources, Outputs } = JSON.parse(
    readFileSync(join(folder, 'cdk.out/headwater-shop.template.json'), 'utf8'),
  );
  const resources: { Type: string; Properties: Record<string, unknown> }[] = Object.values(Resources);
  const first = (type: string) => resources.find(({ Type }) => Type === type)?.Properties;
  expect(first('AWS::Kinesis::Stream')).toMatchObject({ StreamModeDetails: { StreamMode: 'ON_DEMAND' } });
  for (const type of [
    'AWS::Glue::Table',
    'AWS::Glue::Crawler',
    'AWS::KinesisFirehose::DeliveryStream',
    'AWS::Lambda::Function',
    'AWS::QuickSight::Dashboard',
    'AWS::CloudWatch::Alarm',
    'AWS::Budgets::Budget',
  ])
    expect(first(type), type).toBeDefined();
  expect(Outputs.Lake.Value).toBe('s3://example-shop-lake/events');
});
