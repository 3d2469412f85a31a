import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { awsDerivations } from '@headwater/core';
import { afterAll, describe, expect, it } from 'vitest';
import { config, runCli } from './run-cli.ts';

const folder = mkdtempSync(join(tmpdir(), 'headwater-derive-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const derive = (...args: readonly string[]) =>
  runCli(['derive', ...args, '--config', config], { cwd: folder });

describe('derive prints what AWS takes', () => {
  it('as JSON of the API: a table with its database', async () => {
    const { code, stdout, stderr } = await derive('glue-table');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(JSON.parse(stdout)).toMatchObject({
      DatabaseName: 'shop',
      TableInput: {
        Name: 'clickstream',
        StorageDescriptor: { Location: 's3://example-shop-lake/events/clickstream/' },
      },
    });
    const quarantine = JSON.parse((await derive('glue-table', '--layer', 'quarantine')).stdout);
    expect(quarantine.TableInput.Name).toBe('clickstream__quarantine');
  });

  it.each(Object.keys(awsDerivations))('%s, as text and in one JSON value', async (target) => {
    const { code, stdout, stderr } = await derive(target);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const { stdout: json } = await derive(target, '--json');
    expect(JSON.parse(json)).toEqual({ table: 'clickstream', target, text: stdout });
  });
});

describe('derive iam-policy', () => {
  it('prints the document, and why on standard error', async () => {
    const { code, stdout, stderr } = await derive('iam-policy', '--role', 'publisher');
    expect(code).toBe(0);
    const { Statement } = JSON.parse(stdout);
    expect(stderr.trim().split('\n')).toHaveLength(Statement.length);
    expect(stderr).toContain('CheckSchemas: On *: ');
  });

  it('of a metric names what the metric reads', async () => {
    const { stdout } = await derive('iam-policy', '--metric', 'daily-visitors', '--json');
    const { policy, reasons } = JSON.parse(stdout);
    expect(reasons.ReadCatalog).toMatch(/^What is read: clickstream \(event_time, /);
    expect(JSON.stringify(policy)).not.toContain('__quarantine');
  });
});

it('a config without aws is told what to add', async () => {
  const file = join(folder, 'headwater.config.mjs');
  writeFileSync(
    file,
    `const { default: config } = await import(${JSON.stringify(config)});
export default { tables: config.tables };`,
  );
  const { code, stderr } = await runCli(['derive', 'glue-table', '--config', file], { cwd: folder });
  expect(code).toBe(1);
  expect(stderr).toContain('[CONFIG_INVALID]');
  expect(stderr).toContain("aws: { region: 'eu-central-1', account: ");
});

it('a config with a wrong aws names the field', async () => {
  const file = join(folder, 'wrong.config.mjs');
  writeFileSync(
    file,
    `const { default: config } = await import(${JSON.stringify(config)});
export default { ...config, aws: { ...config.aws, region: 'Frankfurt' } };`,
  );
  const { code, stderr } = await runCli(['derive', 'json-schema', '--config', file], { cwd: folder });
  expect(code).toBe(1);
  expect(stderr).toContain('aws.region has to be a region such as eu-central-1');
});
