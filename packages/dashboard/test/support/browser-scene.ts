import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import { expect } from 'vitest';
import { createReport, type DayRange, type RunningDashboard, serveDashboard } from '../../src/index.ts';
import { browserPath } from './browser.ts';
import { clickstream } from './clickstream.ts';
import { type ShopLake, shopDays, shopLake } from './shop-lake.ts';

/** The days that the page and the report show. */
export const shownRange: DayRange = { from: '2024-03-11', to: '2024-03-17' };

/** One lake, one server, one report and one browser, for all tests of a file. */
export interface BrowserScene {
  readonly shop: ShopLake;
  readonly server: RunningDashboard;
  /** The report on the disk. */
  readonly report: string;
  readonly browser: Browser;
  /** Serves once more, where the server was. */
  serveAgain(): Promise<void>;
  close(): Promise<void>;
}

/** Starts what tests in a browser need. */
export async function browserScene(): Promise<BrowserScene> {
  const starting = chromium.launch({ executablePath: browserPath ?? '', args: ['--no-sandbox'] });
  const shop = await shopLake(12_000);
  const common = { lake: shop.lake, schema: clickstream.schema, source: 'DuckDB on this computer' };
  const serve = (port: number) => serveDashboard({ ...common, days: async () => shopDays, port });
  const { html } = await createReport({
    ...common,
    range: shownRange,
    days: shopDays,
    comparison: 'period',
    madeAt: new Date('2024-03-18T09:00:00Z'),
  });
  const file = join(shop.folder, 'report.html');
  await writeFile(file, html);
  const scene = {
    shop,
    server: await serve(0),
    report: pathToFileURL(file).href,
    browser: await starting,
    async serveAgain() {
      scene.server = await serve(Number(new URL(scene.server.url).port));
    },
    async close() {
      await scene.browser.close();
      await scene.server.close();
      await shop.close();
    },
  };
  return scene;
}

/** What a page did that it must not: it asked another address, or wrote to the console. */
export function problemsOf(page: Page, isOwn: (address: string) => boolean): string[] {
  const problems: string[] = [];
  page.on('request', (request) => {
    // A picture is drawn from an address of the page itself.
    if (!isOwn(request.url()) && !request.url().startsWith('blob:'))
      problems.push(`asked for ${request.url()}`);
  });
  page.on('console', (message) => problems.push(message.text()));
  page.on('pageerror', (error) => problems.push(error.message));
  return problems;
}

/** Rules that depend on the width and on the theme; the others hold for a page as it is, however it looks. */
const looks = ['color-contrast', 'target-size', 'scrollable-region-focusable', 'link-in-text-block'];

let source: Promise<string> | undefined;

/** Expects no fault by axe, and nothing beside the page. */
export async function expectAccessible(page: Page, what: string, rules: 'all' | 'looks'): Promise<void> {
  source ??= readFile(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8');
  // The policy of the page allows no such script; it runs beside the page.
  if (!(await page.evaluate("'axe' in window"))) await page.evaluate(await source);
  const only = rules === 'looks' ? { runOnly: { type: 'rule', values: looks } } : {};
  const options = JSON.stringify({ resultTypes: ['violations'], ...only });
  const { violations } = (await page.evaluate(`axe.run(document, ${options})`)) as {
    violations: { id: string; nodes: { html: string }[] }[];
  };
  expect(
    violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html.slice(0, 160))]),
    what,
  ).toEqual([]);
  expect(await overflowOf(page), what).toBe(0);
}

/** How much of a page is beside the window, in CSS pixels. */
export const overflowOf = (page: Page) =>
  page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');

/** The stops of the tabulator from the top of a page to its end: the outline of each, and what it is. */
export async function tabStops(page: Page, most: number, visit?: (tag: string) => Promise<void>) {
  const stops: { tag: string; outline: readonly unknown[] }[] = [];
  for (let step = 0; step < most; step++) {
    await page.keyboard.press('Tab');
    const [tag, ...outline] = (await page.evaluate(`(() => {
      const one = document.activeElement;
      const style = getComputedStyle(one.matches('.seg input') ? one.closest('.seg') : one);
      return [one.tagName, style.outlineStyle, parseFloat(style.outlineWidth)];
    })()`)) as [string, string, number];
    if (tag === 'BODY') break;
    stops.push({ tag, outline });
    await visit?.(tag);
  }
  return stops;
}
