import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { config, runCli } from './run-cli.ts';

const folder = mkdtempSync(join(tmpdir(), 'headwater-adopt-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const place = ['--lake', 'lake', '--config', config];
const run = (...args: readonly string[]) => runCli(['etl', 'adopt', ...args], { cwd: folder });

const record = (more: object) =>
  JSON.stringify({
    ...{
      event_time: '2026-11-28 10:00:00 UTC',
      event_type: 'view',
      product_id: 1,
      price: '5.00',
      user_id: 7,
    },
    ...{ category_id: 1, user_session: '0b0c1f9e-7d5a-4c3e-9a55-0f6c2b1d4e8f', ...more },
  });
const failed = (text: string) => `${JSON.stringify({ rawData: Buffer.from(text).toString('base64') })}\n`;

it('adopts the records that failed, accounted for by part and in all, and once', async () => {
  const errors = join(folder, 'landing', 'errors', 'records', 'processing-failed');
  mkdirSync(errors, { recursive: true });
  writeFileSync(
    join(errors, 'to-s3-1-2026-11-28-10-00-00-0b0c'),
    failed(record({})) + failed(record({ price: 'free' })),
  );
  const { code, stdout, stderr } = await run('landing', ...place);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toContain('failed: records that were not delivered, cleaned again\n');
  expect(stdout).toContain('price:not_a_decimal');
  expect(stdout).toMatch(/landing\/: 2 rows in = 1 out \+ 0 duplicates \+ 1 quarantined\n$/);
  const again = JSON.parse((await run('landing', ...place, '--json')).stdout);
  expect(again).toMatchObject({
    rowsIn: 0,
    parts: [{ part: 'failed', report: { inputs: [{ skipped: true }] } }],
  });
});

it('says what to name where there is no landing folder, or nothing in it', async () => {
  expect(await run(...place)).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('set `aws.stream.deliveryStream`'),
  });
  mkdirSync(join(folder, 'other'));
  expect(await run('other', ...place)).toMatchObject({ code: 1, stderr: expect.stringContaining('--as') });
});
