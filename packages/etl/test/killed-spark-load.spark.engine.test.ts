import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { sparkEnvironment } from '@headwater/local-aws/testing';
import { expect, test } from 'vitest';
import { loadEvents, verifyLake } from '../src/index.ts';
import { events, header, rowsOfDays, temporaryFolder, writeLines } from './events-fixture.ts';
import { lakeRows } from './lake-rows.ts';

const program = fileURLToPath(new URL('load-once.ts', import.meta.url));
/** Each kill is a run of Spark up to a random instant. */
const kills = Number(process.env['HEADWATER_SPARK_KILLS'] ?? 1);
// Short runs end before the better compiler of Java pays.
const env = { ...process.env, ...sparkEnvironment(), JAVA_TOOL_OPTIONS: '-XX:TieredStopAtLevel=1' };

/** What is killed: the driver and Java, as a machine that runs out of memory does, or one of the processes alone. */
const victims = ['driver and java', 'java', 'driver', 'caller'] as const;

function start(lake: string, input: string): ChildProcess {
  const args = ['--conditions=@headwater/source', program, lake, input];
  return spawn(process.execPath, args, {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...env, HEADWATER_TEST_ENGINE: 'spark' },
  });
}

/** The children of a process, and theirs. */
function descendants(pid: number): { readonly pid: number; readonly name: string }[] {
  const parents = readdirSync('/proc').flatMap((name) => {
    if (!/^\d+$/.test(name)) return [];
    try {
      const [, command = '', rest = ''] =
        /^\d+ \((.*)\) (.*)$/s.exec(readFileSync(`/proc/${name}/stat`, 'utf8')) ?? [];
      return [{ pid: Number(name), name: command, parent: Number(rest.split(' ')[1]) }];
    } catch {
      // It ended meanwhile.
      return [];
    }
  });
  const children = parents.filter(({ parent }) => parent === pid);
  return children.flatMap((child) => [child, ...descendants(child.pid)]);
}

const isAlive = (pid: number): boolean => existsSync(`/proc/${pid}`);

function kill(child: ChildProcess, victim: (typeof victims)[number]): void {
  const all = descendants(child.pid ?? 0);
  const some = {
    caller: [child.pid ?? 0],
    java: all.filter(({ name }) => name === 'java').map(({ pid }) => pid),
    driver: all.slice(0, 1).map(({ pid }) => pid),
    'driver and java': all.filter(({ name }, index) => index === 0 || name === 'java').map(({ pid }) => pid),
  }[victim];
  for (const pid of some) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It ended by itself.
    }
  }
}

/** Waits until every process of a run has ended. */
async function allGone(pids: readonly number[]): Promise<void> {
  for (let waited = 0; pids.some(isAlive); waited += 1) {
    if (waited === 300) throw new Error('processes of a killed run stay');
    await wait(200);
  }
}

test.runIf(process.platform === 'linux')(
  `a Spark load killed at ${kills} random instants leaves a lake to read, and a second run completes it`,
  async () => {
    const folder = await temporaryFolder();
    const all = rowsOfDays(4000, 4);
    const first = await writeLines(folder, 'first.csv', [header, ...all.slice(0, 2500), 'cut off']);
    // Touches a day that is there and adds others.
    const second = await writeLines(folder, 'second.csv', [header, ...all.slice(1500), 'cut off too']);
    const lake = join(folder, 'lake');
    await loadEvents({ table: events, lake, inputs: [first] });
    const before = await lakeRows(lake, 'events', '*', 'ORDER BY ALL');
    // How long a run takes here and now: one that is measured loads into a lake of its own.
    const begun = Date.now();
    const whole = start(join(folder, 'measured'), second);
    await once(whole, 'exit');
    const milliseconds = Date.now() - begun;

    const seen: string[] = [];
    const firstVictim = Math.floor(Math.random() * victims.length);
    for (let turn = 0; turn < kills; turn += 1) {
      const victim = victims[(firstVictim + turn) % victims.length] ?? 'java';
      const child = start(lake, second);
      const ended = once(child, 'exit');
      const at = Math.round(milliseconds * (0.1 + 0.85 * Math.random()));
      await Promise.race([wait(at), ended]);
      const pids = descendants(child.pid ?? 0).map(({ pid }) => pid);
      kill(child, victim);
      await ended;
      await allGone(pids);
      const { problems, rows } = await verifyLake({ table: events, lake });
      seen.push(`${victim} after ${at} of ${milliseconds} ms: ${rows} rows`);
      expect(problems, seen.at(-1)).toEqual([]);
      expect([2500, 4000], seen.at(-1)).toContain(rows);
      if (rows === 2500) expect(await lakeRows(lake, 'events', '*', 'ORDER BY ALL')).toEqual(before);
    }
    const last = start(lake, second);
    await once(last, 'exit');
    const report = await verifyLake({ table: events, lake });
    expect(report).toMatchObject({ ok: true, rows: 4000, problems: [], leftovers: [], foreign: [] });
    expect(existsSync(join(lake, '_headwater', 'events', 'staging'))).toBe(false);
    console.info(seen.join('\n'));
  },
  3_600_000,
);
