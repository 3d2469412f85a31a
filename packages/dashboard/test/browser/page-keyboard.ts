import { expect, test } from 'vitest';
import { type BrowserScene, tabStops } from '../support/browser-scene.ts';
import { openPage, settled } from './open-page.ts';

export function pageKeyboardCases(scene: () => BrowserScene): void {
  test('the keyboard alone is enough', async () => {
    const { page, problems } = await openPage(scene());
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
    // Its points, each of them said, politely, and shown.
    await settled(page);
    await page.focus('#plot-course');
    await page.keyboard.press('ArrowRight');
    await expect.poll(said).toMatch(/^Mon 11 Mar: \d+\.\d+%; before .*\. 1 of 7$/);
    expect(await page.getAttribute('#say', 'aria-live')).toBe('polite');
    expect(await page.textContent('#course .tip')).toMatch(/^Mon 11 Mar\d+\.\d+%; before /);
    await page.keyboard.press('End');
    await expect.poll(said).toMatch(/^Sun 17 Mar: .*\. 7 of 7$/);
    await page.keyboard.press('Escape');
    expect(await page.$('#course .over, #course .tip')).toBeNull();
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
    // A picture.
    await page.focus('#course .save');
    await page.keyboard.press('Enter');
    await page.waitForSelector('#files-course:popover-open');
    await page.keyboard.press('Tab');
    const [download] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('Enter')]);
    expect(download.suggestedFilename()).toMatch(/^course-.*\.png$/);
    await expect.poll(said).toMatch(/\.png saved$/);
    await page.keyboard.press('Escape');
    expect(await focused()).toBe('i save');
    // A filter: nothing is refused, what is looked for is said, and arrows choose of it.
    await page.keyboard.press('f');
    await expect.poll(focused).toBe('filter-value');
    await page.keyboard.press('Enter');
    expect(await page.textContent('#filter-error')).toMatch(/^Enter a value/);
    await page.keyboard.type('smartph');
    await expect.poll(said).toBe('1 value.');
    await page.keyboard.press('ArrowDown');
    expect(await page.getAttribute('#filter-value', 'aria-activedescendant')).toBe('filter-value-0');
    await page.keyboard.press('Enter');
    await page.waitForSelector('.chip');
    expect(await focused()).toBe('add-filter');
    expect(new URL(page.url()).searchParams.get('where.category_code')).toBe('electronics.smartphone');
    await settled(page);
    // An item that its ranking does not show at first.
    const shown = await page.$$eval('#items tbody .row', (all) => all.map((one) => one.textContent));
    await page.keyboard.press('f');
    await page.focus('#filter-column');
    await page.keyboard.press('i');
    await page.focus('#filter-value');
    await page.waitForSelector('[role=option]');
    await expect.poll(() => page.$$eval('[role=option]', (all) => all.length)).toBeGreaterThan(8);
    const rare = await page.textContent('[role=option]:last-child');
    expect(shown).not.toContain(rare);
    await page.keyboard.type(rare ?? '');
    await page.keyboard.press('Enter');
    await page.waitForSelector(`.chip:has-text("${rare}")`);
    await page.keyboard.press('f');
    await expect.poll(focused).toBe('filter-value');
    await page.keyboard.press('Escape');
    expect(await focused()).toBe('add-filter');
    await settled(page);
    // Every stop of the tabulator is seen, and none is a trap.
    await page.evaluate('document.activeElement.blur(); window.scrollTo(0, 0)');
    const stops = await tabStops(page, 250);
    expect(stops.length).toBeGreaterThan(40);
    expect(stops.length).toBeLessThan(250);
    for (const { outline } of stops) expect(outline).toEqual(['solid', 3]);
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
}
