import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { chartTiles } from '../../src/ask/tiles.ts';
import { createReport } from '../../src/index.ts';
import { browserPath } from '../support/browser.ts';
import { clickstream } from '../support/clickstream.ts';
import { type ShopLake, shopDays, shopLake } from '../support/shop-lake.ts';

/** The report as a reader has it: opened from disk in a browser, without a network. Skipped where no Chromium is found. */
describe.skipIf(browserPath === undefined)('the report in a browser', () => {
  let shop: ShopLake;
  let browser: Browser;
  let address: string;
  let axe: string;

  beforeAll(async () => {
    shop = await shopLake();
    const { html } = await createReport({
      lake: shop.lake,
      schema: clickstream.schema,
      range: { from: '2024-03-11', to: '2024-03-17' },
      days: shopDays,
      comparison: 'period',
      source: 'DuckDB on this computer',
      madeAt: new Date('2024-03-18T09:00:00Z'),
    });
    const file = join(shop.folder, 'report.html');
    await writeFile(file, html);
    address = pathToFileURL(file).href;
    axe = await readFile(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8');
    browser = await chromium.launch({ executablePath: browserPath ?? '', args: ['--no-sandbox'] });
  });
  afterAll(async () => {
    await browser?.close();
    await shop?.close();
  });

  async function opened(
    width: number,
    colorScheme: 'light' | 'dark',
  ): Promise<{ page: Page; problems: string[] }> {
    const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme });
    const problems: string[] = [];
    page.on('request', (request) => {
      if (request.url() !== address) problems.push(`asked for ${request.url()}`);
    });
    page.on('console', (message) => problems.push(message.text()));
    page.on('pageerror', (error) => problems.push(error.message));
    await page.goto(address);
    return { page, problems };
  }

  const openAll = (page: Page) =>
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true })");

  test.for([
    [390, 'light'],
    [820, 'dark'],
    [1440, 'light'],
    [1440, 'dark'],
  ] as const)(
    'at %i pixels, %s: no fault of accessibility, nothing loaded, nothing beside the page',
    async ([width, scheme]) => {
      const { page, problems } = await opened(width, scheme);
      const overflow = () =>
        page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
      expect(await overflow()).toBe(0);
      // What is open has all that is closed. The policy of the page allows no script; the tool runs beside it.
      await openAll(page);
      expect(await overflow()).toBe(0);
      const { violations } = (await page.evaluate(
        `${axe}; axe.run(document, { resultTypes: ['violations'] })`,
      )) as {
        violations: { id: string; nodes: { html: string }[] }[];
      };
      expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html.slice(0, 120))])).toEqual(
        [],
      );
      expect(problems).toEqual([]);
      await page.close();
    },
  );

  test('each chart is drawn once, in a readable size', async () => {
    for (const width of [390, 820, 1440]) {
      const { page } = await opened(width, 'light');
      const sizes = (await page.evaluate(`[...document.querySelectorAll('.card')].map((card) => {
        const shown = [...card.querySelectorAll('.plot svg')].filter((svg) => svg.getBoundingClientRect().width > 0);
        const texts = shown.flatMap((svg) => [...svg.querySelectorAll('text')].map((text) => {
          const box = svg.getBoundingClientRect();
          return parseFloat(text.getAttribute('font-size')) * box.width / svg.viewBox.baseVal.width;
        }));
        return { id: card.id, drawings: shown.length, least: Math.min(...texts) };
      })`)) as { id: string; drawings: number; least: number }[];
      expect(sizes.map(({ id }) => id)).toEqual(chartTiles.map(({ id }) => id));
      for (const { id, drawings, least } of sizes) {
        expect(drawings, `${id} at ${width}`).toBe(1);
        expect(least, `${id} at ${width}`).toBeGreaterThanOrEqual(9.5);
      }
      await page.close();
    }
  });

  test('the keyboard alone opens every table, and the focus is seen', async () => {
    const { page } = await opened(1440, 'light');
    const count = Number(await page.evaluate("document.querySelectorAll('summary').length"));
    const outlines: unknown[] = [];
    for (let step = 0; step < count * 3; step++) {
      await page.keyboard.press('Tab');
      const at = (await page.evaluate(`(() => {
        const one = document.activeElement;
        const style = getComputedStyle(one);
        return { tag: one.tagName, isOpen: one.parentElement?.open, width: parseFloat(style.outlineWidth), style: style.outlineStyle };
      })()`)) as { tag: string; isOpen?: boolean; width: number; style: string };
      if (at.tag === 'BODY') break;
      outlines.push([at.tag, at.style, at.width]);
      if (at.tag === 'SUMMARY') await page.keyboard.press('Enter');
    }
    expect(await page.evaluate("document.querySelectorAll('details[open]').length")).toBe(count);
    expect(outlines.length).toBeGreaterThan(count);
    for (const outline of outlines) expect(outline).toEqual([expect.any(String), 'solid', 3]);
    await page.close();
  });

  test('the policy holds: a script that gets into the file does not run', async () => {
    const { page } = await opened(820, 'light');
    const html = await page.content();
    const file = join(shop.folder, 'with-script.html');
    await writeFile(file, html.replace('<main', '<script>document.title = "ran"</script><main'));
    await page.goto(pathToFileURL(file).href);
    expect(await page.title()).toBe('clickstream: 11–17 Mar 2024');
    await page.close();
  });
});
