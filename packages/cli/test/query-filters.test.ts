import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { config, runCli } from './run-cli.ts';

const folder = mkdtempSync(join(tmpdir(), 'headwater-filters-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const run = (...args: readonly string[]) => runCli([...args, '--config', config], { cwd: folder });
const query = (metric: string, ...args: readonly string[]) =>
  run('query', metric, '--lake', 'lake', '--from', '2024-02-28', '--to', '2024-03-01', ...args);
const rowsOf = async (...args: readonly [string, ...string[]]): Promise<Record<string, number>[]> =>
  JSON.parse((await query(...args, '--json')).stdout);

beforeAll(async () => {
  const simulated = ['simulate', '--events', '3000', '--days', '3', '--start', '2024-02-28', '--seed', '4'];
  const made = await runCli([...simulated, '--out', 'raw.csv'], { cwd: folder });
  expect(made.code, made.stderr).toBe(0);
  const loaded = await run('etl', 'run', 'raw.csv', '--lake', 'lake');
  expect(loaded.code, loaded.stderr).toBe(0);
});

it('filters by a column, by several values of one, and by events without one', async () => {
  const events = async (...where: readonly string[]) =>
    (await rowsOf('daily-visitors', ...where.flatMap((one) => ['--where', one]))).reduce(
      (sum, row) => sum + (row['events'] ?? 0),
      0,
    );
  const [all, views, carts] = [
    await events(),
    await events('event_type=view'),
    await events('event_type=cart'),
  ];
  expect(views).toBeGreaterThan(carts);
  expect(await events('event_type=view', 'event_type=cart')).toBe(views + carts);
  const branded = await rowsOf('top-brands', '--limit', '1000');
  const none = branded.filter(({ brand }) => brand === null);
  const withoutBrand = none.reduce((sum, row) => sum + (row['views'] ?? 0), 0);
  expect(withoutBrand).toBeGreaterThan(0);
  expect(await events('brand=', 'event_type=view')).toBe(withoutBrand);
  expect(all).toBeGreaterThan(views + carts);
});

it('breaks an answer down by a column, and has steps of its own', async () => {
  const rows = await rowsOf('revenue', '--by', 'event_type');
  expect(rows.map(({ event_type }) => event_type)).toEqual(['purchase']);
  const steps = await rowsOf('funnel', '--steps', 'view,purchase', '--per', 'actor');
  expect(steps.map(({ action }) => action)).toEqual(['view', 'purchase']);
});

it('says what a filter or a step may be', async () => {
  const refusal = async (...args: readonly [string, ...string[]]) => {
    const { code, stderr } = await query(...args);
    expect(code).not.toBe(0);
    return stderr;
  };
  expect(await refusal('revenue', '--where', 'event_type=click')).toMatch(
    /where\.event_type: "click" expected one of view, cart,\s+remove_from_cart, purchase/,
  );
  expect(await refusal('revenue', '--where', 'colour=red')).toContain(
    'where.colour: is not a column of clickstream',
  );
  expect(await refusal('revenue', '--where', 'brand')).toContain('--where brand: expected COLUMN=VALUE');
  expect(await refusal('revenue', '--by', 'colour')).toContain('colour is neither a break-down nor a column');
  expect(await refusal('funnel', '--steps', 'view,checkout')).toContain('funnel needs the action checkout');
  const { stdout } = await run('query', 'cart-abandonment', '--help');
  expect(stdout).toContain('--where COLUMN=VALUE');
  expect(stdout.replaceAll(/\s+/g, ' ')).toContain(
    'Needs columns with the roles time, session, action, and the actions cart, purchase',
  );
});
