import { mkdtempSync, rmSync } from 'node:fs';
import { get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LiveFigures } from '@headwater/dashboard';
import { afterAll, expect, it } from 'vitest';
import { config, runCli } from '../run-cli.ts';

const root = mkdtempSync(join(tmpdir(), 'headwater-live-'));
const stops: (() => void)[] = [];
afterAll(() => {
  for (const stop of stops) stop();
  rmSync(root, { recursive: true, force: true });
});

/** Runs a command that serves a page, until `stop` is called. */
function serve(...args: readonly string[]) {
  let stop = (): void => undefined;
  const { promise: url, resolve, reject } = Promise.withResolvers<string>();
  const ended = runCli([...args, '--config', config], {
    cwd: root,
    started(child) {
      let text = '';
      child.stdout?.on('data', (chunk) => {
        text += String(chunk);
        const [, line] = /^(\{"ready".*\})$/m.exec(text) ?? [];
        if (line !== undefined) resolve(JSON.parse(line).url);
      });
      stop = () => void child.kill('SIGINT');
      stops.push(stop);
    },
  });
  void ended.then(({ stderr }) => reject(new Error(stderr)));
  return { url, ended, stop: () => stop() };
}

/** Follows the stream of a server. */
function follow(url: string): { readonly seen: LiveFigures[]; leave(): void } {
  const seen: LiveFigures[] = [];
  const sent = get(`${url}api/live`, (response) => {
    let text = '';
    response.on('data', (chunk: Buffer) => {
      const events = (text + String(chunk)).split('\n\n');
      text = events.pop() ?? '';
      for (const event of events) {
        const [, data] = /^data: (.*)$/m.exec(event) ?? [];
        if (data !== undefined) seen.push(JSON.parse(data));
      }
    });
    response.on('error', () => undefined);
  });
  sent.on('error', () => undefined);
  return { seen, leave: () => sent.destroy() };
}

it('a run shows on a page what happens, and what the lake says of it; another process has the same', async () => {
  const shown = ['--input', 'simulate', '--events', '5k', '--dirty', '3%', '--bots', '8%', '--seed', '3'];
  const run = serve(
    ...['stream', 'run', ...shown, '--speed', '28800', '--load-every', '0.5', '--lake', 'lake'],
    ...['--dashboard', '--port', '0', '--live', 'live.json'],
  );
  const page = follow(await run.url);
  const beside = serve('dashboard', '--live', 'live.json', '--lake', 'lake', '--port', '0');
  const last = () => page.seen.at(-1);
  await expect.poll(() => last()?.isEnded, { timeout: 30_000, interval: 100 }).toBe(true);
  await expect.poll(() => last()?.compared?.isEqual, { timeout: 20_000, interval: 100 }).toBe(true);

  // While it ran: somebody is there, carts fill, things are sold, and figures are fresh.
  const running = page.seen.filter(({ isEnded, newest }) => !isEnded && newest);
  expect(running.length).toBeGreaterThan(1);
  const some = (of: (figures: LiveFigures) => unknown) => expect(running.filter(of)).not.toEqual([]);
  some(({ visitors }) => (visitors ?? 0) > 0);
  some(({ openCarts, openCartValue }) => (openCarts ?? 0) > 0 && Number(openCartValue) > 0);
  some(({ topSellers }) => (topSellers?.[0]?.sold ?? 0) > 0);
  some(({ funnel }) => (funnel?.[0]?.sessions ?? 0) > 0);
  some(({ at, newest }) => Date.parse(at) - Date.parse(newest?.arrived ?? '') < 3000);
  expect(last()?.alerts[0]).toMatchObject({ title: expect.stringMatching(/many-actions/), isOpen: false });
  expect(JSON.stringify(page.seen)).not.toMatch(/user_session|"user_id"/);

  // At the end: every record is accounted for, and the lake says what the stream counted.
  const { compared, records } = last() ?? {};
  if (!records) throw new Error('no records');
  expect(records.sent).toBe(records.archived + records.duplicates + records.quarantined);
  expect(records.duplicates).toBeGreaterThan(0);
  expect(compared?.reasons).toEqual([]);
  expect(compared?.figures.map(({ title, difference }) => [title, Number(difference)])).toEqual(
    ['Events', 'Visitors an hour', 'Sessions', 'Cart sessions', 'Revenue'].map((title) => [title, 0]),
  );
  const events = compared?.figures.find(({ title }) => title === 'Events');
  expect(Number(events?.lake)).toBe(records.archived);
  const asked = [
    'query',
    'revenue',
    '--from',
    '2019-10-01',
    '--to',
    '2019-10-01',
    '--grain',
    'all',
    '--json',
  ];
  const [{ revenue }] = JSON.parse(
    (await runCli([...asked, '--lake', 'lake', '--config', config], { cwd: root })).stdout,
  );
  expect(Number(compared?.figures.find(({ title }) => title === 'Revenue')?.stream)).toBe(revenue);

  // The other process has followed the file.
  const other = follow(await beside.url);
  await expect.poll(() => other.seen.at(-1)?.compared?.isEqual, { timeout: 20_000 }).toBe(true);
  const { at: _, compared: __, ...figures } = last() as LiveFigures;
  expect(other.seen.at(-1)).toMatchObject({ ...figures, compared: { figures: compared?.figures } });
  page.leave();
  other.leave();
  run.stop();
  beside.stop();
  const ended = await run.ended;
  expect(ended.code, ended.stderr).toBe(0);
  expect(ended.stdout).toMatch(/archived clickstream to lake/);
  expect((await beside.ended).code).toBe(0);
}, 90_000);
