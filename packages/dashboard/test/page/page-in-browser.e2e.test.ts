import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { figureTiles } from '../../src/ask/tiles.ts';
import {
  comparedRange,
  type DayRange,
  type RunningDashboard,
  serveDashboard,
  totalOf,
} from '../../src/index.ts';
import { browserPath } from '../support/browser.ts';
import { clickstream } from '../support/clickstream.ts';
import { type ShopLake, shopDays, shopLake } from '../support/shop-lake.ts';

const range: DayRange = { from: '2024-03-11', to: '2024-03-17' };
const link = `?from=${range.from}&to=${range.to}&grain=day&compare=period&tile=revenue`;

/** The page as a reader has it, over a lake of simulated events. Skipped where no Chromium is found. */
describe.skipIf(browserPath === undefined)('the page in a browser', () => {
  let shop: ShopLake;
  let server: RunningDashboard;
  let browser: Browser;
  let axe: string;

  beforeAll(async () => {
    shop = await shopLake(20_000);
    server = await serveDashboard({
      lake: shop.lake,
      schema: clickstream.schema,
      days: async () => shopDays,
      source: 'DuckDB on this computer',
      port: 0,
    });
    axe = await readFile(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8');
    browser = await chromium.launch({ executablePath: browserPath ?? '', args: ['--no-sandbox'] });
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
    await shop?.close();
  });

  const settled = (page: Page) =>
    page.waitForSelector('[aria-busy=true]', { state: 'detached', timeout: 60_000 });

  async function opened(
    query = link,
    { width = 1440, colorScheme = 'light' }: { width?: number; colorScheme?: 'light' | 'dark' } = {},
  ): Promise<{ page: Page; problems: string[] }> {
    const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme });
    const problems: string[] = [];
    page.on('request', (request) => {
      if (!request.url().startsWith(server.url)) problems.push(`asked for ${request.url()}`);
    });
    page.on('console', (message) => problems.push(message.text()));
    page.on('pageerror', (error) => problems.push(error.message));
    await page.goto(`${server.url}${query}`);
    await page.waitForSelector('#course svg, #course .none');
    await settled(page);
    return { page, problems };
  }

  const numbers = (page: Page, selector: string) =>
    page.$$eval(selector, (all) => all.map((one) => Number(one.getAttribute('value'))));

  test('each number is that of the query', async () => {
    const { page, problems } = await opened();
    for (const { id, metric, measure } of figureTiles) {
      const days = await shop.ask(metric, range, { grain: 'day' });
      const { value } = totalOf(metric, days.rows, measure, days.columns);
      expect(await numbers(page, `#tile-${id} .val data`), id).toEqual([value]);
    }
    const ranked = await shop.ask('top-brands', range, { limit: '8' });
    expect(await numbers(page, '#brands tbody td:nth-child(2) data')).toEqual(
      ranked.rows.map(({ revenue }) => revenue),
    );
    await page.click('#course .swap');
    const [now, before] = [
      await shop.ask('revenue', range, { grain: 'day' }),
      await shop.ask('revenue', comparedRange(range, 'period'), { grain: 'day' }),
    ];
    expect(await numbers(page, '#course td:nth-child(2) data')).toEqual(
      now.rows.map(({ revenue }) => revenue),
    );
    expect(await numbers(page, '#course td:nth-child(3) data')).toEqual(
      before.rows.map(({ revenue }) => revenue),
    );
    expect(problems).toEqual([]);
    await page.close();
  });

  test('a name that is clicked filters everything, and the way back leads out', async () => {
    const { page, problems } = await opened();
    const brand = await page.textContent('#brands tbody .row');
    await page.click('#brands tbody .row');
    await page.waitForSelector('#brands tbody .row[aria-pressed=true]');
    await settled(page);
    expect(new URL(page.url()).searchParams.getAll('where.brand')).toEqual([brand]);
    const days = await shop.ask('revenue', range, { grain: 'day', where: { brand: [brand] } } as never);
    const { value } = totalOf('revenue', days.rows, 'revenue', days.columns);
    expect(await numbers(page, '#tile-revenue .val data')).toEqual([value]);
    expect(await page.textContent('.chip')).toContain(`Brand: ${brand}`);
    await page.goBack();
    await page.waitForSelector('.chip', { state: 'detached' });
    await settled(page);
    expect(page.url()).toBe(`${server.url}${link}`);
    // A link is the whole view.
    await page.goForward();
    await page.waitForSelector('.chip');
    await page.reload();
    await page.waitForSelector('.chip');
    await settled(page);
    expect(await numbers(page, '#tile-revenue .val data')).toEqual([value]);
    expect(problems).toEqual([]);
    await page.close();
  });

  test('a ranking is sorted by its change, and what has none is last', async () => {
    const { page } = await opened();
    await page.click('#items thead th:nth-child(3) button');
    expect(await page.getAttribute('#items thead th:nth-child(3)', 'aria-sort')).toBe('descending');
    await page.click('#items .more button');
    const texts = await page.$$eval('#items tbody td:nth-child(3)', (all) =>
      all.map((one) => one.textContent ?? ''),
    );
    const changes = texts
      .filter((text) => text !== '–')
      .map((text) => Number(/[−+]?[\d,.]+/.exec(text)?.[0].replace('−', '-').replaceAll(',', '')));
    expect(changes.length).toBeGreaterThan(3);
    expect(changes).toEqual(changes.toSorted((one, other) => other - one));
    expect(texts.indexOf('–')).toBe(changes.length);
    await page.close();
  });

  test.for([
    [390, 'light'],
    [820, 'dark'],
    [1440, 'light'],
    [1440, 'dark'],
  ] as const)(
    'at %i pixels, %s: no fault of accessibility, nothing beside the page',
    async ([width, colorScheme]) => {
      const { page, problems } = await opened(`${link}&where.brand=~`, { width, colorScheme });
      const check = async (what: string) => {
        const { violations } = (await page.evaluate(
          `${axe}; axe.run(document, { resultTypes: ['violations'] })`,
        )) as {
          violations: { id: string; nodes: { html: string }[] }[];
        };
        expect(
          violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html.slice(0, 160))]),
          what,
        ).toEqual([]);
        expect(
          await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth'),
          what,
        ).toBe(0);
      };
      await check('as it opens');
      for (const swap of await page.$$('#funnel .swap, #course .swap')) await swap.click();
      await page.click('#add-filter');
      await check('with tables and the form');
      await page.click('#tile-visitors .i');
      await page.waitForSelector('#def-visitors:popover-open');
      await check('with a definition');
      await page.keyboard.press('Escape');
      await page.evaluate('document.activeElement.blur()');
      await page.keyboard.press('?');
      await page.waitForSelector('dialog[open]');
      await check('with the help');
      expect(problems).toEqual([]);
      await page.close();
    },
  );

  test('the keyboard alone is enough', async () => {
    const { page, problems } = await opened();
    const focused = () =>
      page.evaluate(
        'document.activeElement.id || document.activeElement.className || document.activeElement.tagName',
      );
    const said = () => page.textContent('#say');
    // A figure by its number.
    await page.keyboard.press('3');
    await page.waitForSelector('#tile-conversion.on');
    await expect.poll(() => page.textContent('#course h2')).toBe('Conversion by day');
    expect(new URL(page.url()).searchParams.get('tile')).toBe('conversion');
    // Its points, each of them said.
    await settled(page);
    await page.focus('#plot-course');
    await page.keyboard.press('ArrowRight');
    await expect.poll(said).toMatch(/^Mon 11 Mar: \d+\.\d+%; before .*\. 1 of 7$/);
    await page.keyboard.press('End');
    await expect.poll(said).toMatch(/^Sun 17 Mar: .*\. 7 of 7$/);
    await page.keyboard.press('Escape');
    expect(await page.$('#course .over')).toBeNull();
    // Its table, and back.
    await page.keyboard.press('v');
    await page.waitForSelector('#course table');
    await page.keyboard.press('v');
    await page.waitForSelector('#course svg');
    // A cell of a heat map.
    await page.focus('#plot-hours');
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowDown');
    await expect.poll(said).toMatch(/^Tue, 00:00: /);
    // A filter, by typing.
    await page.keyboard.press('f');
    await expect.poll(focused).toBe('filter-value');
    await page.keyboard.press('Enter');
    expect(await page.textContent('#filter-error')).toMatch(/^Enter a value/);
    await page.keyboard.type('electronics.smartphone');
    await page.keyboard.press('Enter');
    await page.waitForSelector('.chip');
    expect(await focused()).toBe('add-filter');
    expect(new URL(page.url()).searchParams.get('where.category_code')).toBe('electronics.smartphone');
    await settled(page);
    // Every stop of the tabulator is seen, and none is a trap.
    await page.evaluate('document.activeElement.blur(); window.scrollTo(0, 0)');
    const stops: unknown[] = [];
    for (let step = 0; step < 250; step++) {
      await page.keyboard.press('Tab');
      const at = (await page.evaluate(`(() => {
        const one = document.activeElement;
        const style = getComputedStyle(one.matches('.seg input') ? one.closest('.seg') : one);
        return [one.tagName, style.outlineStyle, parseFloat(style.outlineWidth)];
      })()`)) as [string, string, number];
      if (at[0] === 'BODY') break;
      stops.push(at);
    }
    expect(stops.length).toBeGreaterThan(40);
    expect(stops.length).toBeLessThan(250);
    for (const stop of stops) expect(stop).toEqual([expect.any(String), 'solid', 3]);
    // The help, where single keys are turned off.
    await page.keyboard.press('?');
    await page.waitForSelector('dialog[open]');
    await page.focus('dialog input');
    await page.keyboard.press('Space');
    await page.keyboard.press('Escape');
    await page.waitForSelector('dialog[open]', { state: 'detached' });
    await page.keyboard.press('1');
    expect(new URL(page.url()).searchParams.get('tile')).toBe('conversion');
    expect(problems).toEqual([]);
    await page.close();
  });

  test('a wrong link says so, and leads to the usual view', async () => {
    const { page } = await opened().then(async (one) => {
      await one.page.goto(`${server.url}?from=2024-02-30`);
      return one;
    });
    await page.waitForSelector('[role=alert]');
    expect(await page.textContent('[role=alert]')).toMatch(/from "2024-02-30": expected a day/);
    await page.click('[role=alert] button');
    await page.waitForSelector('#course svg');
    expect(await page.$('[role=alert]')).toBeNull();
    await page.close();
  });

  test('a value of the lake is text, and the policy lets nothing run', async () => {
    const { page, problems } = await opened(
      `${link}&where.brand=${encodeURIComponent('<img src=x onerror=alert(1)>')}`,
    );
    expect(await page.textContent('.chip')).toContain('<img src=x onerror=alert(1)>');
    expect(await page.$('img[src=x]')).toBeNull();
    expect(problems).toEqual([]);
    await page.close();
  });
});
