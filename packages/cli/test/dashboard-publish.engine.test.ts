import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { useAwsSandbox } from '@headwater/local-aws/testing';
import { expect, onTestFinished, test } from 'vitest';
import { config, runCli } from './run-cli.ts';

const aws = useAwsSandbox('dashboard');

/** The example's config with a dashboard, in a database of this file's own. */
function project(more: object) {
  const folder = mkdtempSync(join(tmpdir(), 'headwater-dashboard-publish-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const write = (quicksight: object): void =>
    writeFileSync(
      join(folder, 'headwater.config.ts'),
      `import base from ${JSON.stringify(pathToFileURL(config).href)};
export default { ...base, aws: { ...base.aws, database: ${JSON.stringify(aws.database)} }, quicksight: ${JSON.stringify(quicksight)} };
`,
    );
  write(more);
  return {
    write,
    run: (...args: readonly string[]) => runCli(['dashboard', 'publish', ...args], { cwd: folder }),
  };
}

const arn = (name: string): string => `arn:aws:quicksight:eu-central-1:123456789012:user/default/${name}`;

test('publishes the dashboard of the example, shows the plan first, and changes nothing the second time', async () => {
  const { write, run } = project({ owners: [arn('ana')], viewers: [arn('bo')] });
  const planned = await run('--dry-run');
  expect(planned).toMatchObject({ code: 0 });
  const id = `headwater-${aws.database}-clickstream`;
  expect(planned.stdout.split('\n')[0]).toBe(`create data source ${id}-athena`);
  expect(planned.stdout).toContain(`create dashboard ${id}-dashboard`);

  const first = await run('--yes', '--json');
  expect(first.code, first.stderr).toBe(0);
  expect(JSON.parse(first.stdout)).toMatchObject({
    dashboard: `${id}-dashboard`,
    outcome: 'published',
    stale: [],
  });

  const second = await run('--yes');
  expect(second).toMatchObject({ code: 0, stdout: 'Everything is published already.\n' });

  write({ owners: [arn('ana')], viewers: [arn('bo')], title: 'The shop' });
  const third = await run('--yes');
  expect(third.stdout).toBe(
    `update analysis ${id}-analysis: Name\nupdate dashboard ${id}-dashboard: Name\npublished dashboard ${id}-dashboard\n`,
  );
  expect(third.stderr).toMatch(/\d+ of \d+: waiting for dashboard/);
});
