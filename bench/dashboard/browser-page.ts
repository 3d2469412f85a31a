import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Page } from 'playwright-core';
import type { Change, MeasuredPage, Shown } from './measured-page.ts';

const places = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** The path of Chromium: HEADWATER_CHROMIUM, or else the first of the usual places that has one. Undefined when none has. */
export const chromiumPath = (): string | undefined =>
  [process.env['HEADWATER_CHROMIUM'] ?? '', ...places].find((path) => path !== '' && existsSync(path));

/** Opens pages in Chromium, each without what another one has stored. Times are taken in the page itself. */
export async function openBrowser(executablePath: string, url: string) {
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  return {
    async page(): Promise<MeasuredPage> {
      const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
      await context.addInitScript({ path: join(import.meta.dirname, '..', 'programs', 'watch-page.js') });
      const page = await context.newPage();
      return {
        async open(query) {
          await page.goto(`${url}?${query}`);
          return times(page);
        },
        async change(change) {
          await page.evaluate((one) => (globalThis as unknown as Watching).bench.change(one), change);
          return times(page);
        },
        close: () => context.close(),
      };
    },
    close: () => browser.close(),
  };
}

/** What the program in the page does. */
interface Watching {
  readonly bench: { readonly shown: Promise<Shown>; change(change: Change): void };
}

const times = (page: Page): Promise<Shown> =>
  page.evaluate(() => (globalThis as unknown as Watching).bench.shown);
