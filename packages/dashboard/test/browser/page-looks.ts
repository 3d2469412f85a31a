import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { darkColors, lightColors } from '../../src/vega/color-tokens.ts';
import { type BrowserScene, expectAccessible } from '../support/browser-scene.ts';
import { link, openPage } from './open-page.ts';

/** How far what is seen has moved while the page got its figures, by the measure of web vitals; 0.1 is what they call good. */
const shiftOf = (page: Page) =>
  page.evaluate(
    `new Promise((resolve) => {
      let sum = 0;
      const count = (list) => { for (const one of list.getEntries()) if (!one.hadRecentInput) sum += one.value; };
      new PerformanceObserver(count).observe({ type: 'layout-shift', buffered: true });
      setTimeout(() => resolve(sum), 50);
    })`,
  );

export function pageLooksCases(scene: () => BrowserScene): void {
  test.for([390, 820, 1440])(
    'at %i pixels, light and dark: no fault of accessibility, nothing beside the page, nothing that jumps',
    async (width) => {
      const { page, problems } = await openPage(scene(), `${link}&where.brand=~`, { width });
      expect(await shiftOf(page)).toBeLessThan(0.1);
      await page.emulateMedia({ reducedMotion: 'reduce' });
      const both = async (what: string, rules: 'all' | 'looks') => {
        await expectAccessible(page, `${what}, light`, rules);
        await page.emulateMedia({ colorScheme: 'dark' });
        await expectAccessible(page, `${what}, dark`, 'looks');
        expect(await page.evaluate('document.getAnimations().length')).toBe(0);
        await page.emulateMedia({ colorScheme: 'light' });
      };
      await both('as it opens', width === 1440 ? 'all' : 'looks');
      // Between a phone and a wide screen, nothing opens in another way than on one of them.
      if (width === 820) {
        expect(problems).toEqual([]);
        await page.close();
        return;
      }
      for (const swap of await page.$$('#funnel .swap, #course .swap')) await swap.click();
      await page.click('#add-filter');
      await page.waitForSelector('[role=option]');
      await page.click('#tile-visitors .i');
      await page.waitForSelector('#def-visitors:popover-open');
      await both('with tables, the form and a definition', width === 1440 ? 'all' : 'looks');
      await page.keyboard.press('Escape');
      if (width === 1440) {
        await page.evaluate('document.activeElement.blur()');
        await page.keyboard.press('?');
        await page.waitForSelector('dialog[open]');
        await both('with the help', 'all');
      }
      expect(problems).toEqual([]);
      await page.close();
    },
  );

  test('a chart is saved as a picture in the theme of the page, and a ranking as well', async () => {
    const { page, problems } = await openPage(scene(), link, { colorScheme: 'dark' });
    const pictureOf = async (id: string) => {
      await page.click(`#${id} .save`);
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.click(`#files-${id} button`),
      ]);
      expect(download.suggestedFilename()).toBe(`${id}-11-17-Mar-against-4-10-Mar-2024.png`);
      await page.keyboard.press('Escape');
      const bytes = await readFile(await download.path());
      // How many pixels have a colour, and how large the picture is, as a browser reads it.
      return (await page.evaluate(`(async () => {
        const bytes = Uint8Array.from(atob('${bytes.toString('base64')}'), (one) => one.charCodeAt(0));
        const image = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
        const canvas = new OffscreenCanvas(image.width, image.height);
        const context = canvas.getContext('2d');
        context.drawImage(image, 0, 0);
        const { data } = context.getImageData(0, 0, image.width, image.height);
        const counts = {};
        for (let at = 0; at < data.length; at += 4) {
          const color = '#' + [0, 1, 2].map((one) => data[at + one].toString(16).padStart(2, '0')).join('');
          counts[color] = (counts[color] ?? 0) + 1;
        }
        return { width: image.width, height: image.height, counts };
      })()`)) as { width: number; height: number; counts: Record<string, number> };
    };
    const course = await pictureOf('course');
    const drawn = await page.$eval('#plot-course svg', (svg) => svg.getBoundingClientRect().width);
    expect(course.width).toBeCloseTo(2 * (drawn + 48), -1);
    const most = Object.entries(course.counts).toSorted(([, one], [, other]) => other - one);
    expect(most[0]?.[0]).toBe(darkColors.surface);
    // The line, and the words of the picture.
    expect(course.counts[darkColors.accent]).toBeGreaterThan(1000);
    expect(course.counts[darkColors.text]).toBeGreaterThan(200);
    await page.click('header button[aria-pressed]');
    const brands = await pictureOf('brands');
    expect(brands.counts[lightColors.surface]).toBeGreaterThan(100_000);
    expect(brands.counts[lightColors.heat1]).toBeGreaterThan(10_000);
    expect(problems).toEqual([]);
    await page.close();
  });
}
