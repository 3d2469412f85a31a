import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { jsonCall, useAwsSandbox } from '@headwater/local-aws/testing';
import { afterAll, expect, test } from 'vitest';
import { config, runCli } from './run-cli.ts';

const aws = useAwsSandbox('cli-drift');
const folder = mkdtempSync(join(tmpdir(), 'headwater-drift-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const glue = (operation: string, input: object) =>
  jsonCall(process.env['AWS_ENDPOINT_URL'] ?? '', 'glue', `AWSGlue.${operation}`, input);

const run = (...args: readonly string[]) => runCli(args, { cwd: folder });

test('a table that a crawler changed is named in text and JSON, by the exit code, and is put right by the command that is shown', async () => {
  const target = {
    ...{ region: 'us-east-1', account: '123456789012', database: aws.database, location: aws.location },
    ...{ firstDay: '2019-10-01', workgroup: aws.database, registry: aws.database },
  };
  writeFileSync(
    join(folder, 'headwater.config.ts'),
    `import base from ${JSON.stringify(pathToFileURL(config).href)};
export default { tables: base.tables, aws: ${JSON.stringify(target)} };
`,
  );
  const none = await run('schema', 'drift');
  expect(none).toMatchObject({
    code: 2,
    stdout: expect.stringContaining('clickstream has no saved version'),
  });

  expect((await run('schema', 'publish', '--yes')).code).toBe(0);
  const same = await run('schema', 'drift');
  expect(same).toMatchObject({ code: 0, stdout: expect.stringContaining('No drift') });

  const named = { DatabaseName: aws.database, Name: 'clickstream' };
  const { Table } = (await glue('GetTable', named)) as { Table: Record<string, never> };
  const { Name, StorageDescriptor, PartitionKeys, Parameters, TableType, Description } = Table;
  const Columns = Object(StorageDescriptor).Columns.map((column: { Name: string }) =>
    column.Name === 'price' ? { ...column, Type: 'double' } : column,
  );
  await glue('UpdateTable', {
    DatabaseName: aws.database,
    TableInput: {
      ...{ Name, PartitionKeys, TableType, Description },
      StorageDescriptor: { ...Object(StorageDescriptor), Columns },
      Parameters: { ...Object(Parameters), UPDATED_BY_CRAWLER: 'raw' },
    },
  });

  const { code, stdout } = await run('schema', 'drift', '--table', 'clickstream');
  expect(code).toBe(1);
  expect(stdout).toContain('updated by the crawler raw');
  expect(stdout).toContain('column price has another type: double, published: decimal(');
  const command = /headwater (schema publish .*--allow \S+)\./.exec(stdout)?.[1] ?? '';
  expect(command).toBe('schema publish --table clickstream --allow overwrite-drift:clickstream');
  const json = await run('schema', 'drift', '--json');
  expect(json.code).toBe(1);
  expect(JSON.parse(json.stdout)).toMatchObject({
    tables: [
      {
        table: 'clickstream',
        drifts: [{ findings: [{ kind: 'column-type', part: 'price', is: 'double' }] }],
      },
    ],
  });

  const refused = await run('schema', 'publish', '--yes');
  expect(refused.code).toBe(1);
  expect(refused.stderr).toContain('overwrite-drift:clickstream');
  expect((await run(...command.split(' '), '--yes')).code).toBe(0);
  expect((await run('schema', 'drift')).code).toBe(0);
});
