import type { Page } from 'playwright-core';
import { type BrowserScene, problemsOf, shownRange } from '../support/browser-scene.ts';

/** The link that most tests open. */
export const link = `?from=${shownRange.from}&to=${shownRange.to}&grain=day&compare=period&tile=revenue`;

/** Waits until every tile has its answer. */
export const settled = (page: Page) =>
  page.waitForSelector('[aria-busy=true]', { state: 'detached', timeout: 60_000 });

/** Opens the page, and waits until it has its figures. */
export async function openPage(
  { browser, server }: BrowserScene,
  query = link,
  options: { width?: number; colorScheme?: 'light' | 'dark' } = {},
): Promise<{ readonly page: Page; readonly problems: string[] }> {
  const { width = 1440, colorScheme = 'light' } = options;
  const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme });
  const problems = problemsOf(page, (address) => address.startsWith(server.url));
  await page.goto(`${server.url}${query}`);
  await page.waitForSelector('#course svg, #course .none');
  await settled(page);
  return { page, problems };
}

/** The exact values beside the texts of figures; null where there is none. */
export const numbersOf = (page: Page, selector: string): Promise<(number | null)[]> =>
  page.$$eval(selector, (all) =>
    all.map((one) => {
      const value = one.getAttribute('value');
      return value === null || value === '' ? null : Number(value);
    }),
  );
