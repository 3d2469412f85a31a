import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { useAwsSandbox } from '@headwater/local-aws/testing';
import { expect, test } from 'vitest';
import { loadEvents, verifyLake } from '../src/index.ts';
import { type CountingProxy, countingProxy } from './counting-proxy.ts';
import { events, header, rowsOfDays, temporaryFolder, writeLines } from './events-fixture.ts';
import { committedFiles, freshLake, remainsOf } from './s3-fixture.ts';

const program = fileURLToPath(new URL('load-once.ts', import.meta.url));
/** Every request is a moment to be killed at; this many of them are tried, evenly spread. */
const kills = Number(process.env['HEADWATER_KILLS'] ?? 4);
const aws = useAwsSandbox('etl-kill');

/** Runs a load in a process of its own, killed once S3 has carried out its request number `at`. */
async function killedLoad(proxy: CountingProxy, at: number, args: readonly string[]): Promise<void> {
  const child = spawn(process.execPath, ['--conditions=@headwater/source', program, ...args], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, AWS_ENDPOINT_URL: proxy.url },
  });
  proxy.withhold(at, () => child.kill('SIGKILL'));
  await once(child, 'exit');
}

test(`a load killed after any of ${kills} of its requests leaves a lake to read, and in the end the same as one never disturbed`, async () => {
  const folder = await temporaryFolder();
  const all = rowsOfDays(4000, 4);
  const first = await writeLines(folder, 'first.csv', [header, ...all.slice(0, 2500), 'cut off']);
  // Touches a day that is there and adds others.
  const second = await writeLines(folder, 'second.csv', [header, ...all.slice(1500), 'cut off too']);
  const workFolder = join(folder, 'work');
  const load = (lake: string, input: string) =>
    loadEvents({ table: events, lake, inputs: [input], workFolder, leftoverGraceSeconds: 0 });
  const proxy = await countingProxy(process.env['AWS_ENDPOINT_URL'] ?? '');

  const undisturbed = freshLake(aws.location);
  await load(undisturbed, first);
  await killedLoad(proxy, 0, [undisturbed, second, join(folder, 'machine')]);
  const total = proxy.requests.length;
  const expected = await committedFiles(undisturbed);
  expect(total).toBeGreaterThan(12);

  let lake = '';
  const killedAt: string[] = [];
  for (let kill = 0; kill < Math.min(kills, total); kill += 1) {
    if (lake === '') {
      lake = freshLake(aws.location);
      await load(lake, first);
    }
    // Another machine each time, so that committed files have to be fetched too.
    const machine = join(folder, `machine${kill}`);
    const at = 1 + Math.floor((kill * total) / Math.min(kills, total));
    await killedLoad(proxy, at, [lake, second, machine]);
    killedAt.push(
      proxy.requests
        .at(-1)
        ?.replace(/\?.*/, '')
        .replace(/\/[^ ]*\/(?=[^/]*$)/, ' ') ?? '',
    );
    const report = await verifyLake({ table: events, lake });
    expect(report.problems).toEqual([]);
    expect([2500, 4000]).toContain(report.rows);
    // The next run of the same load, now and then: every time would hide what several dead runs leave together.
    if (report.rows === 2500 && kill % 3 < 2) continue;
    const again = await load(lake, second);
    expect(again.inputs[0]?.skipped).toBe(report.rows === 4000);
    expect(await committedFiles(lake)).toEqual(expected);
    expect(await remainsOf(lake)).toEqual([]);
    lake = '';
  }
  console.info(`${total} requests; killed after:\n${killedAt.join('\n')}`);
}, 1_200_000);
