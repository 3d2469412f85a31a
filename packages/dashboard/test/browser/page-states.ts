import { expect, test } from 'vitest';
import type { BrowserScene } from '../support/browser-scene.ts';
import { link, numbersOf, openPage, settled } from './open-page.ts';

export function pageStatesCases(scene: () => BrowserScene): void {
  test('a wrong link, days without events, and filters that match nothing say so, and lead out', async () => {
    const { server } = scene();
    const { page } = await openPage(scene(), '?from=2018-01-01&to=2018-01-07');
    expect(await page.textContent('.alert')).toMatch(
      /^The lake has no events of 1–7 Jan 2018\. It has 5 Feb – 17 Mar 2024\./,
    );
    expect(await page.textContent('#course .none')).toBe('No figures, so nothing to draw.');
    await page.click('.alert button');
    await page.waitForSelector('#course svg');
    expect(await page.$('.alert')).toBeNull();
    await page.goto(`${server.url}${link}&where.brand=${encodeURIComponent('<img src=x onerror=alert(1)>')}`);
    await page.waitForSelector('#course .none');
    await settled(page);
    expect(await page.textContent('.alert')).toMatch(/^No events of 11–17 Mar 2024 match the filters\./);
    // A value of a link is text, whatever it says.
    expect(await page.textContent('.chip')).toContain('<img src=x onerror=alert(1)>');
    expect(await page.$('img[src=x]')).toBeNull();
    await page.click('.alert button');
    await page.waitForSelector('#course svg');
    expect(await page.$('.chip')).toBeNull();
    await page.goto(`${server.url}?from=2024-02-30`);
    await page.waitForSelector('[role=alert]');
    expect(await page.textContent('[role=alert]')).toMatch(/from "2024-02-30": expected a day/);
    await page.click('[role=alert] button');
    await page.waitForSelector('#course svg');
    expect(await page.$('[role=alert]')).toBeNull();
    await page.close();
  });

  test('one metric that fails leaves the others, and a server that is gone is said once', async () => {
    const { page } = await openPage(scene());
    const message = 'The query may read 12.0 GB, and the maximum is 5.0 GB. Narrow the date range.';
    // Only this one tile: the engine answers all the others.
    await page.route('**/api/answer', (route) =>
      JSON.parse(route.request().postData() ?? '{}').tile === 'brands'
        ? route.fulfill({ status: 422, json: { error: { code: 'SCAN_BUDGET_EXCEEDED', message } } })
        : route.continue(),
    );
    await page.click('#add-filter');
    await page.click('[role=option]');
    await page.waitForSelector('#brands .fault');
    await settled(page);
    expect(await page.textContent('#brands .fault')).toBe(
      `Brands could not be answered.${message}Try again: Brands`,
    );
    expect(await page.$$('.fault, [role=alert]')).toHaveLength(1);
    expect(await page.$$('#items tbody tr')).not.toHaveLength(0);
    await page.unroute('**/api/answer');
    await page.click('#brands .fault button');
    await page.waitForSelector('#brands tbody tr');
    await settled(page);
    const figures = await numbersOf(page, '.val data');
    await scene().server.close();
    await page.click('.seg input[value=week]');
    await page.waitForSelector('[role=alert]');
    await settled(page);
    expect(await page.$$('[role=alert], .fault, .tile .err')).toHaveLength(1);
    expect(await page.textContent('[role=alert]')).toMatch(
      /^The server cannot be reached\..*those of before\.Try again$/,
    );
    expect(await numbersOf(page, '.val data')).toEqual(figures);
    await scene().serveAgain();
    await page.click('[role=alert] button');
    await page.waitForSelector('[role=alert]', { state: 'detached' });
    await settled(page);
    expect(await page.textContent('#course h2')).toBe('Revenue by week, USD');
    await page.close();
  });
}
