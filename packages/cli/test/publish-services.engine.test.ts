import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { DataBrewClient, DescribeRecipeCommand } from '@aws-sdk/client-databrew';
import { useAwsSandbox } from '@headwater/local-aws/testing';
import { expect, onTestFinished, test } from 'vitest';
import { config, runCli } from './run-cli.ts';

const aws = useAwsSandbox('services');

const target = (service: object) => ({
  region: 'us-east-1',
  account: '123456789012',
  database: aws.database,
  location: aws.location,
  firstDay: '2019-10-01',
  ...service,
});

/** A folder with a config, and the command in it. */
function project(text: string) {
  const folder = mkdtempSync(join(tmpdir(), 'headwater-publish-services-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const write = (other: string): void => writeFileSync(join(folder, 'headwater.config.ts'), other);
  write(text);
  return {
    write,
    run: (...args: readonly string[]) => runCli(args, { cwd: folder }),
    async json(...args: readonly string[]) {
      const { code, stdout, stderr } = await runCli([...args, '--json'], { cwd: folder });
      expect(code, stderr).toBe(0);
      return JSON.parse(stdout);
    },
  };
}

interface Step {
  readonly step: string;
  readonly action: string;
}

test('publishes the example with DataBrew, its crawler and its rules, once', async () => {
  const services = {
    dataBrew: { landing: 's3://shop-landing/raw', schedule: 'cron(0 3 * * ? *)', project: true },
    crawler: { landing: 's3://shop-landing/raw' },
    dataQuality: {},
  };
  const { json, run } = project(
    `import base from ${JSON.stringify(pathToFileURL(config).href)};
export default { ...base, aws: ${JSON.stringify(target(services))} };
`,
  );
  const kept = ({ steps }: { steps: Step[] }) =>
    steps.filter(({ step }) => /^(DataBrew|crawler|data quality)/.test(step));
  const first = await json('schema', 'publish', '--yes');
  expect(first.published).toBe(true);
  expect(kept(first).map(({ step, action }) => `${action} ${step}`)).toEqual([
    ...['dataset', 'recipe', 'job', 'ruleset', 'schedule', 'project'].map(
      (kind) => `create DataBrew ${kind} headwater-${aws.database.replaceAll('_', '.')}-clickstream`,
    ),
    `create crawler headwater-${aws.database}-clickstream-landing`,
    `create data quality ruleset headwater-${aws.database}-clickstream`,
  ]);
  const second = await json('schema', 'publish', '--yes');
  expect(second).toMatchObject({ published: false, needs: [] });
  expect(second.steps.map(({ action }: Step) => action)).toEqual(second.steps.map(() => 'none'));
  expect((await run('schema', 'publish', '--dry-run')).stdout).toContain('Everything is published already.');
});

test('gives the earlier recipe again with a rollback', async () => {
  const core = new URL('../../core/src/index.ts', import.meta.url).href;
  const definition = (
    clean: string,
  ): string => `import { z } from ${JSON.stringify(import.meta.resolve('zod'))};
import { defineEvents, lake, lowerCase, timestamp, trim } from ${JSON.stringify(core)};
const brand = z.string().register(lake, { clean: [${clean}] }).optional();
const events = defineEvents('clicks', { columns: { at: timestamp(), brand }, roles: { time: 'at' } });
export default { tables: [events], aws: ${JSON.stringify(target({ dataBrew: {} }))} };
`;
  const { json, run, write } = project(definition('lowerCase()'));
  const databrew = new DataBrewClient();
  onTestFinished(() => databrew.destroy());
  const Name = `headwater-${aws.database.replaceAll('_', '.')}-clicks`;
  const recipe = () => databrew.send(new DescribeRecipeCommand({ Name }));
  await json('schema', 'publish', '--yes');
  const first = await recipe();
  write(definition('trim()'));
  await json('schema', 'publish', '--yes');
  expect(await recipe()).toMatchObject({ RecipeVersion: '2.0', Description: 'clicks 1.1.0' });
  await json('schema', 'rollback', '--to', '1', '--yes');
  expect((await recipe()).Steps).toEqual(first.Steps);

  write(definition('trim()').replace('"dataBrew":{}', '"dataBrew":{"tables":["click"]}'));
  const { code, stderr } = await run('schema', 'publish', '--dry-run');
  expect({ code, stderr }).toEqual({
    code: 1,
    stderr: expect.stringContaining(
      '`aws.dataBrew.tables` names click, which is no table of the config: clicks',
    ),
  });
});
