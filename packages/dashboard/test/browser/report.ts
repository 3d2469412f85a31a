import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { chartTiles } from '../../src/ask/tiles.ts';
import {
  type BrowserScene,
  expectAccessible,
  overflowOf,
  problemsOf,
  tabStops,
} from '../support/browser-scene.ts';

export function reportCases(scene: () => BrowserScene): void {
  /** Without a network: what is asked for fails, and is a problem besides. */
  const opened = async (address = scene().report) => {
    const context = await scene().browser.newContext({
      offline: true,
      viewport: { width: 1440, height: 900 },
    });
    const page = await context.newPage();
    const problems = problemsOf(page, (asked) => asked === address);
    await page.goto(address);
    return { page, problems, close: () => context.close() };
  };

  test('at three widths, light and dark: no fault of accessibility, nothing loaded, nothing beside the page', async () => {
    const { page, problems, close } = await opened();
    await expect(page.evaluate("fetch('http://127.0.0.1:9/')")).rejects.toThrow();
    problems.length = 0;
    // Rows of a table are alike: a few of each are enough to be looked at.
    await page.evaluate(
      "document.querySelectorAll('tbody tr:nth-child(n+4)').forEach((one) => one.remove())",
    );
    for (const width of [390, 820, 1440]) {
      await page.setViewportSize({ width, height: 900 });
      // Each chart is drawn once, in a size that can be read.
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
      expect(await overflowOf(page), `closed, ${width}`).toBe(0);
      // What is open has all that is closed.
      await page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true })");
      await expectAccessible(page, `open, ${width}`, width === 1440 ? 'all' : 'looks');
      await page.emulateMedia({ colorScheme: 'dark' });
      await expectAccessible(page, `open, dark, ${width}`, 'looks');
      await page.emulateMedia({ colorScheme: 'light' });
      await page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = false })");
    }
    expect(problems).toEqual([]);
    await close();
  });

  test('the keyboard alone opens every table, and the focus is seen', async () => {
    const { page, close } = await opened();
    const count = Number(await page.evaluate("document.querySelectorAll('summary').length"));
    const stops = await tabStops(page, count * 3, async (tag) => {
      if (tag === 'SUMMARY') await page.keyboard.press('Enter');
    });
    expect(await page.evaluate("document.querySelectorAll('details[open]').length")).toBe(count);
    expect(stops.length).toBeGreaterThan(count);
    for (const { outline } of stops) expect(outline).toEqual(['solid', 3]);
    await close();
  });

  test('the policy holds: a script that gets into the file does not run, and an image is not loaded', async () => {
    const html = await readFile(fileURLToPath(scene().report), 'utf8');
    const file = fileURLToPath(scene().report).replace(/\.html$/, '-with-script.html');
    const address = `${scene().server.url}icon.svg`;
    await writeFile(
      file,
      html.replace('<main', `<script>document.title = "ran"</script><img src="${address}"><main`),
    );
    const page = await scene().browser.newPage();
    const asked: string[] = [];
    page.on('response', (response) => asked.push(response.url()));
    await page.goto(pathToFileURL(file).href);
    await page.waitForLoadState('load');
    expect(await page.title()).toBe('clickstream: 11–17 Mar 2024');
    expect(asked.filter((one) => one.startsWith('http'))).toEqual([]);
    await page.close();
  });
}
