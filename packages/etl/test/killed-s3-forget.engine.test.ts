import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { useAwsSandbox } from '@headwater/local-aws/testing';
import { expect, test } from 'vitest';
import { forgetActors, lakeStatus, loadEvents, verifyLake } from '../src/index.ts';
import { type CountingProxy, countingProxy } from './counting-proxy.ts';
import { events, header, rowsOfDays, temporaryFolder, writeLines } from './events-fixture.ts';
import { committedFiles, freshLake, remainsOf } from './s3-fixture.ts';

const program = fileURLToPath(new URL('forget-once.ts', import.meta.url));
/** Every request is a moment to be killed at; this many of them are tried, evenly spread. */
const kills = Number(process.env['HEADWATER_KILLS'] ?? 4);
const aws = useAwsSandbox('forget-kill');
const person = '9100000000000000007';
const own = (day: number, price = '5.00') => `2019-10-0${day} 00:00:30 UTC,view,1,nike,${price},${person},s`;

/** Runs an erasure in a process of its own, killed once S3 has carried out its request number `at`. */
async function killedErasure(proxy: CountingProxy, at: number, lake: string, machine: string): Promise<void> {
  const child = spawn(process.execPath, ['--conditions=@headwater/source', program, lake, person, machine], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, AWS_ENDPOINT_URL: proxy.url },
  });
  proxy.withhold(at, () => child.kill('SIGKILL'));
  await once(child, 'exit');
}

test(`an erasure killed after any of ${kills} of its requests leaves a lake before or after it, and run again ends as if undisturbed`, async () => {
  const folder = await temporaryFolder();
  const workFolder = join(folder, 'work');
  const input = await writeLines(folder, 'a.csv', [
    header,
    own(1),
    own(2),
    own(3, '-1'),
    ...rowsOfDays(2000, 4),
  ]);
  const load = (lake: string) => loadEvents({ table: events, lake, inputs: [input], workFolder });
  const forget = (lake: string, machine: string) =>
    forgetActors({
      ...{ table: events, lake, actors: [person], answerFolders: [], leftoverGraceSeconds: 0 },
      workFolder: join(folder, machine),
    });
  const proxy = await countingProxy(process.env['AWS_ENDPOINT_URL'] ?? '');
  const undisturbed = freshLake(aws.location);
  await load(undisturbed);
  await killedErasure(proxy, 0, undisturbed, join(folder, 'undisturbed'));
  const total = proxy.requests.length;
  const expected = await committedFiles(undisturbed);
  expect(total).toBeGreaterThan(12);

  const found: string[] = [];
  const runs = Math.min(kills, total);
  for (let kill = 0; kill < runs; kill += 1) {
    const lake = freshLake(aws.location);
    await load(lake);
    const machine = `machine${kill}`;
    await killedErasure(proxy, 1 + Math.floor((kill * total) / runs), lake, join(folder, machine));
    const report = await verifyLake({ table: events, lake });
    expect(report.problems).toEqual([]);
    expect([2000, 2002]).toContain(report.rows);
    const { quarantined } = await lakeStatus({ table: events, lake });
    expect(quarantined).toBe(report.rows === 2000 ? 0 : 1);
    found.push(report.rows === 2000 ? 'after' : 'before');
    expect(await forget(lake, machine)).toMatchObject({ rows: report.rows - 2000, unsettled: [] });
    expect(await committedFiles(lake)).toEqual(expected);
    expect(await remainsOf(lake)).toEqual([]);
  }
  console.info(`${total} requests; killed ${found.join(', ')} the commit`);
  expect(found).toContain('before');
}, 1_200_000);
