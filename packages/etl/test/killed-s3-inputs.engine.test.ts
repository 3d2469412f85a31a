import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { useAwsSandbox } from '@headwater/local-aws/testing';
import { expect, test } from 'vitest';
import { loadEvents, verifyLake } from '../src/index.ts';
import { countingProxy } from './counting-proxy.ts';
import { events, header, rowsOfDays, temporaryFolder } from './events-fixture.ts';
import { useLandingZones } from './landing-zone.ts';
import { committedFiles } from './s3-fixture.ts';

const program = fileURLToPath(new URL('load-once.ts', import.meta.url));
const aws = useAwsSandbox('etl-kill-inputs');
const landingZone = useLandingZones(aws);

test('a load killed while it lists or downloads leaves the lake as it was, and the next one leaves nothing of it', async () => {
  const folder = await temporaryFolder();
  const rows = rowsOfDays(4000, 3);
  const zone = landingZone();
  const parts = Array.from({ length: 20 }, (_, index) => rows.slice(index * 200, index * 200 + 200));
  await zone.put(
    Object.fromEntries(parts.map((part, index) => [`${index}.csv`, `${[header, ...part].join('\n')}\n`])),
  );
  const undisturbed = join(folder, 'undisturbed');
  await loadEvents({ table: events, lake: undisturbed, inputs: [zone.location] });
  const proxy = await countingProxy(aws.endpoints.aws);
  const lake = join(folder, 'lake');
  const staging = join(lake, '_headwater/events/staging');
  const left: number[] = [];
  // One listing, then the objects, many at a time.
  for (const at of [1, 2, 9, 20]) {
    const args = ['--conditions=@headwater/source', program, lake, zone.location];
    const child = spawn(process.execPath, args, {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, AWS_ENDPOINT_URL: proxy.url },
    });
    proxy.withhold(at, () => child.kill('SIGKILL'));
    const [, signal] = await once(child, 'exit');
    expect(signal).toBe('SIGKILL');
    expect(existsSync(join(lake, 'events'))).toBe(false);
    const remains = existsSync(staging) ? readdirSync(staging, { recursive: true }).map(String) : [];
    left.push(remains.filter((path) => path.includes('object-')).length);
  }
  expect(left.at(-1)).toBeGreaterThan(0);
  const report = await loadEvents({ table: events, lake, inputs: [zone.location] });
  expect(report).toMatchObject({ rowsOut: 4000, duplicates: 0 });
  expect(existsSync(staging)).toBe(false);
  expect(await committedFiles(lake)).toEqual(await committedFiles(undisturbed));
  expect(await verifyLake({ table: events, lake })).toMatchObject({ ok: true, leftovers: [], foreign: [] });
});
