import { expect, test } from 'vitest';
import { chartTiles, figureTiles } from '../../src/ask/tiles.ts';
import { type ChartAnswer, comparedRange, totalOf } from '../../src/index.ts';
import { type BrowserScene, shownRange } from '../support/browser-scene.ts';
import { link, numbersOf, openPage, settled } from './open-page.ts';

const before = comparedRange(shownRange, 'period');

/** The charts of the page that have a table of their own: what each asks, and the figure that it draws. */
const charts = [
  ['course', 'revenue', 'revenue', { grain: 'day' }],
  ['carts', 'cart-abandonment', 'abandonmentRate', { grain: 'day' }],
  ['hours', 'peak-hours', 'events', { by: 'weekday' }],
  ['retention', 'retention', 'retentionRate', { grain: 'day', periods: '6' }],
] as const;
const rankings = ['categories', 'brands', 'items'] as const;
const steps = ['sessions', 'viewSessions', 'cartSessions', 'purchaseSessions'] as const;

/** Rows by what they are of; a day counts by its place in the range. */
const keyed = ({ rows, columns, range }: ChartAnswer, measure: string) =>
  new Map(
    rows.map((row) => {
      const dimensions = columns.filter(({ role, kind }) => role === 'dimension' && kind !== 'rank');
      const parts = dimensions.map(({ name, kind }) =>
        kind === 'time' ? Date.parse(String(row[name])) - Date.parse(range.from) : String(row[name]),
      );
      return [parts.join(), row[measure] === null ? null : Number(row[measure])] as const;
    }),
  );

export function pageNumbersCases(scene: () => BrowserScene): void {
  test('each number of every tile is that of the query, and so is the compared one', async () => {
    const { shop } = scene();
    const { page, problems } = await openPage(scene());
    const tiles = await page.$$eval('.card', (all) => all.map(({ id }) => id));
    // No tile is left out below.
    expect(tiles.toSorted()).toEqual([...charts.map(([id]) => id), ...rankings, 'funnel'].toSorted());
    for (const { id, metric, measure } of figureTiles) {
      const days = await shop.ask(metric, shownRange, { grain: 'day' });
      const { value } = totalOf(metric, days.rows, measure, days.columns);
      expect(await numbersOf(page, `#tile-${id} .val data`), id).toEqual([value]);
    }
    for (const id of rankings) {
      const { metric } = chartTiles.find((one) => one.id === id) ?? { metric: '' };
      const now = keyed(await shop.ask(metric, shownRange, { limit: '50' }), 'revenue');
      const earlier = keyed(await shop.ask(metric, before, { limit: '1000' }), 'revenue');
      if (now.size > 8) await page.click(`#${id} .lb + .more button`);
      expect(await numbersOf(page, `#${id} tbody td:nth-child(2) data`), id).toEqual([...now.values()]);
      const changes = await page.$$eval(`#${id} tbody td:nth-child(3)`, (all) =>
        all.map((one) =>
          Number(
            /[−+]?[\d,.]+/
              .exec(one.textContent ?? '')?.[0]
              .replace('−', '-')
              .replaceAll(',', ''),
          ),
        ),
      );
      [...now].forEach(([key, own], index) => {
        const was = earlier.get(key) ?? 0;
        if (was > 0) expect(changes[index], `${id} ${key}`).toBeCloseTo((100 * Number(own)) / was - 100, 0);
      });
    }
    for (const swap of await page.$$('.swap')) await swap.click();
    for (const [id, metric, measure, parameters] of charts) {
      const asked = await shop.ask(metric, shownRange, parameters);
      const [now, earlier] = [
        keyed(asked, measure),
        keyed(await shop.ask(metric, before, parameters), measure),
      ];
      const first =
        asked.columns.filter(({ role, kind }) => role === 'dimension' && kind !== 'rank').length + 1;
      const column = (number: number) => numbersOf(page, `#${id} tbody td:nth-child(${number}) data`);
      expect(await column(first), id).toEqual([...now.values()]);
      expect(await column(first + 1), id).toEqual([...now.keys()].map((key) => earlier.get(key) ?? null));
    }
    const counts = async (range: typeof before) => {
      const [row] = (await shop.ask('conversion-funnel', range, { grain: 'all' })).rows;
      return steps.map((name) => Number(row?.[name]));
    };
    const [now, earlier] = [await counts(shownRange), await counts(before)];
    const funnel = async (number: number) =>
      (await numbersOf(page, `#funnel tbody td:nth-child(${number}) data`)).slice(0, 4);
    expect([await funnel(2), await funnel(3)]).toEqual([now, earlier]);
    expect(await funnel(5)).toEqual(now.map((one) => one / (now[0] ?? 1)));
    expect(problems).toEqual([]);
    await page.close();
  });

  test('a bar that is clicked filters everything, and the way back leads out', async () => {
    const { shop, server } = scene();
    const { page, problems } = await openPage(scene());
    const brand = await page.textContent('#brands tbody .row');
    // The bar, at its end, and not its name.
    await page.locator('#brands tbody .fill').first().scrollIntoViewIfNeeded();
    const bar = await page.locator('#brands tbody .fill').first().boundingBox();
    await page.mouse.click((bar?.x ?? 0) + (bar?.width ?? 0) - 3, (bar?.y ?? 0) + 2);
    await page.waitForSelector('#brands tbody .row[aria-pressed=true]');
    await settled(page);
    expect(new URL(page.url()).searchParams.getAll('where.brand')).toEqual([brand]);
    const days = await shop.ask('revenue', shownRange, { grain: 'day', where: { brand: [brand] } } as never);
    const { value } = totalOf('revenue', days.rows, 'revenue', days.columns);
    expect(await numbersOf(page, '#tile-revenue .val data')).toEqual([value]);
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
    expect(await numbersOf(page, '#tile-revenue .val data')).toEqual([value]);
    // A ranking is sorted by its change, and what has none is last.
    await page.click('.chip');
    await page.waitForSelector('.chip', { state: 'detached' });
    await settled(page);
    await page.click('#items thead th:nth-child(3) button');
    expect(await page.getAttribute('#items thead th:nth-child(3)', 'aria-sort')).toBe('descending');
    await page.click('#items .lb + .more button');
    const texts = await page.$$eval('#items tbody td:nth-child(3)', (all) =>
      all.map((one) => one.textContent ?? ''),
    );
    const changes = texts
      .filter((text) => text !== '–')
      .map((text) => Number(/[−+]?[\d,.]+/.exec(text)?.[0].replace('−', '-').replaceAll(',', '')));
    expect(changes.length).toBeGreaterThan(3);
    expect(changes).toEqual(changes.toSorted((one, other) => other - one));
    expect(texts.indexOf('–')).toBe(changes.length);
    expect(problems).toEqual([]);
    await page.close();
  });
}
