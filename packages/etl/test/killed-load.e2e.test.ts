import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { loadEvents, verifyLake } from '../src/index.ts';
import { events, header, lakeBytes, rowsOfDays, temporaryFolder, writeLines } from './events-fixture.ts';

const program = fileURLToPath(new URL('load-once.ts', import.meta.url));
const kills = Number(process.env['HEADWATER_KILLS'] ?? 8);
const rows = Number(process.env['HEADWATER_KILL_ROWS'] ?? 60_000);

/** Runs a load and kills it after `delay` ms; says whether it had already committed. */
async function killedLoad(lake: string, inputs: string[], delay: number): Promise<boolean> {
  const child = spawn(process.execPath, ['--conditions=@headwater/source', program, lake, ...inputs], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let committed = false;
  child.stdout.on('data', (data: Buffer) => {
    committed ||= data.includes('committed');
  });
  await once(child.stdout, 'data');
  await Promise.race([sleep(delay), once(child, 'exit')]);
  child.kill('SIGKILL');
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  return committed;
}

test(`a load killed at ${kills} moments leaves a readable lake each time, and in the end the same lake as one never disturbed`, async () => {
  const folder = await temporaryFolder();
  const half = rows / 2;
  const all = rowsOfDays(rows, 7);
  const first = await writeLines(folder, 'first.csv', [header, ...all.slice(0, half + 500), 'cut off']);
  const second = await writeLines(folder, 'second.csv', [header, ...all.slice(half)]);
  const undisturbed = join(folder, 'undisturbed');
  const started = Date.now();
  await loadEvents({ table: events, lake: undisturbed, inputs: [first] });
  await loadEvents({ table: events, lake: undisturbed, inputs: [second] });
  const span = (Date.now() - started) / 2 + 200;

  const lake = join(folder, 'killed');
  await loadEvents({ table: events, lake, inputs: [first] });
  const afterFirst = (await verifyLake({ table: events, lake })).rows;
  let committed = false;
  for (let kill = 0; kill < kills; kill += 1) {
    committed = (await killedLoad(lake, [second], ((kill + 0.5) * span) / kills)) || committed;
    const report = await verifyLake({ table: events, lake });
    expect(report.problems).toEqual([]);
    expect([afterFirst, rows]).toContain(report.rows);
  }
  const last = await loadEvents({ table: events, lake, inputs: [second] });
  expect(last.inputs[0]?.skipped).toBe(committed || last.rowsIn === 0);
  expect(await verifyLake({ table: events, lake })).toMatchObject({ ok: true, rows, leftovers: [] });
  expect(await lakeBytes(lake)).toEqual(await lakeBytes(undisturbed));
}, 600_000);
