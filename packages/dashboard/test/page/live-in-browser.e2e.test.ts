import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RunningDashboard, type StreamFigures, serveDashboard } from '../../src/index.ts';
import { browserPath } from '../support/browser.ts';
import { clickstream } from '../support/clickstream.ts';
import { type ShopLake, shopDays, shopLake } from '../support/shop-lake.ts';
import { streamFigures } from '../support/stream-figures.ts';

const alert = (id: number, of: Partial<StreamFigures['alerts'][number]> = {}) =>
  ({
    id: String(id),
    title: `Actor ${512_000_000 + id} puts product after product into a cart and buys nothing`,
    severity: 'warning',
    since: '2024-03-17T11:48:00.000Z',
    evidence: '14.06 in 88 s, expected 6',
    isOpen: true,
    ...of,
  }) as const;
const item = (nth: number) => ({ item: String(1_004_856 + nth), sold: 9 - nth, revenue: '1523.04' });

/** The live panel as a reader has it. Skipped where no Chromium is found. */
describe.skipIf(browserPath === undefined)('the live panel in a browser', () => {
  let shop: ShopLake;
  let server: RunningDashboard;
  let browser: Browser;
  let axe: string;
  let now: StreamFigures = streamFigures({ newest: null, topSellers: [] });
  const listeners = new Set<(figures: StreamFigures) => void>();
  const tell = (of: Partial<StreamFigures>): void => {
    const arrived = new Date().toISOString();
    now = streamFigures({ newest: { time: '2024-03-17T12:00:00.000Z', arrived }, ...of });
    for (const listener of listeners) listener(now);
  };

  beforeAll(async () => {
    shop = await shopLake(4000);
    server = await serveDashboard({
      lake: shop.lake,
      schema: clickstream.schema,
      days: async () => shopDays,
      source: 'DuckDB on this computer',
      port: 0,
      live: {
        subscribe(listener) {
          listeners.add(listener);
          listener(now);
          return () => void listeners.delete(listener);
        },
      },
    });
    axe = await readFile(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8');
    browser = await chromium.launch({ executablePath: browserPath ?? '', args: ['--no-sandbox'] });
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
    await shop?.close();
  });

  const height = async (page: Page): Promise<number> =>
    (await page.locator('#live').boundingBox())?.height ?? 0;
  const state = (page: Page) => expect.poll(() => page.textContent('#live-state'), { timeout: 4000 });

  test('it ticks without a jump, says what is new, and stands still in words', async () => {
    const hour = '2024-03-17T11:00:00.000Z';
    const { rows } = await shop.ask(
      'daily-visitors',
      { from: '2024-03-17', to: '2024-03-17' },
      { grain: 'hour' },
    );
    const counted = rows.find(({ period }) => Date.parse(String(period)) === Date.parse(hour));
    const events = Number(counted?.['events']) + 3;
    const hours = [
      { hour, events, visitors: 1, sessions: 1, cartSessions: 0, revenue: '0', late: 0 },
    ] as const;
    const few = { hours, topSellers: [item(0)], alerts: [alert(1, { isOpen: false })], alertCount: 1 };
    const topSellers = [0, 1, 2, 3, 4].map(item);
    const page = await browser.newPage({ viewport: { width: 390, height: 900 }, colorScheme: 'dark' });
    const problems: string[] = [];
    page.on('console', (message) => problems.push(message.text()));
    page.on('pageerror', (error) => problems.push(error.message));
    await page.goto(server.url);
    await state(page).toBe('Waiting');
    tell(few);
    await state(page).toBe('Live');
    await page.waitForSelector('#live-compared tbody tr');
    const before = await height(page);
    const alerts = [alert(4), alert(3, { isOpen: false }), alert(2), alert(1, { isOpen: false })];
    tell({ hours, visitors: 1234, openCartValue: '12345.60', topSellers, alerts, alertCount: 4 });
    await expect.poll(() => page.textContent('#live-visitors'), { timeout: 4000 }).toBe('1,234');
    expect(await page.textContent('#live-cart-value')).toBe('12,345.60');
    expect(await height(page)).toBe(before);
    expect(await page.textContent('#say')).toMatch(
      /^Alert: Actor 512000002 .* and one more notice of incidents$/,
    );
    expect(await page.textContent('#live-compared')).toMatch(/\+3.*3 events are not in the lake yet/);
    await check(page);

    // On a wide screen; an incident that is over becomes as quiet as the others.
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
    const wide = await height(page);
    const over = [alert(2, { isOpen: false }), ...alerts.filter(({ id }) => id !== '2')];
    tell({ hours, visitors: 7, topSellers: [], alerts: over, alertCount: 4 });
    await expect.poll(() => page.textContent('#live-visitors'), { timeout: 4000 }).toBe('7');
    expect(await height(page)).toBe(wide);
    const colors = (await page.evaluate(
      `[...document.querySelectorAll('#live-alerts li')].map((one) => [one.className, getComputedStyle(one.children[0]).color])`,
    )) as (readonly [name: string, color: string])[];
    expect(colors.map(([name]) => name)).toEqual(['past', 'warning', 'past', 'past']);
    expect(new Set(colors.map(String)).size).toBe(2);
    await check(page);

    // What stands still says so, and since when.
    tell({
      newest: { time: '2024-03-17T12:00:00.000Z', arrived: new Date(Date.now() - 45_000).toISOString() },
    });
    await state(page).toMatch(/^Stopped for \d+ s$/);
    expect(await page.textContent('#live .sum')).toMatch(
      /Nothing has come since \d\d:\d\d:\d\d, your time\.$/,
    );
    await page.click('#live .btn');
    await state(page).toBe('Paused');
    await expect.poll(() => listeners.size).toBe(0);
    await page.click('#live .btn');
    tell({ isEnded: true });
    await state(page).toBe('Ended');
    expect(problems).toEqual([]);
    await page.close();
  });

  /** No fault of accessibility, and nothing beside the page. */
  async function check(page: Page): Promise<void> {
    const { violations } = (await page.evaluate(
      `${axe}; axe.run('#live', { resultTypes: ['violations'] })`,
    )) as { violations: { id: string; nodes: { html: string }[] }[] };
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html.slice(0, 160))])).toEqual([]);
    expect(
      await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth'),
    ).toBe(0);
  }
});
