import { parseHTML } from 'linkedom';
import { beforeAll, describe, expect, test } from 'vitest';
import { chartTiles, figureTiles } from '../../src/ask/tiles.ts';
import { figureText } from '../../src/chart/figure-format.ts';
import { comparedRange, createReport, type DayRange, type Report, totalOf } from '../../src/index.ts';
import { html } from '../../src/report/html.ts';
import { clickstream } from '../support/clickstream.ts';
import { sharedLake } from '../support/shared-lake.ts';
import { type ShopLake, shopDays } from '../support/shop-lake.ts';

const range: DayRange = { from: '2024-03-11', to: '2024-03-17' };
const before = comparedRange(range, 'period');
let shop: ShopLake;
let report: Report;
let page: ReturnType<typeof parseHTML>['document'];

const make = (options: Partial<Parameters<typeof createReport>[0]> = {}) =>
  createReport({
    lake: shop.lake,
    schema: clickstream.schema,
    range,
    days: shopDays,
    comparison: 'period',
    source: 'DuckDB on this computer',
    madeAt: new Date('2024-03-18T09:00:00Z'),
    ...options,
  });

beforeAll(async () => {
  shop = sharedLake();
  report = await make();
  page = parseHTML(report.html).document;
});

/** What the tests read of an element: the workspace compiles without the types of a browser. */
interface PageElement {
  readonly textContent: string;
  querySelector(selector: string): PageElement | null;
  querySelectorAll(selector: string): Iterable<PageElement>;
  getAttribute(name: string): string | null;
}

const number = (cell: PageElement | null | undefined) => {
  const value = cell?.querySelector('data')?.getAttribute('value');
  return value === undefined || value === null ? null : Number(value);
};
const rowsOf = (id: string) => [...page.querySelectorAll(`#${id} tbody tr`)];
const texts = (row: PageElement, tag: string) =>
  [...row.querySelectorAll(tag)].map(({ textContent }) => textContent);

test('everything that the table can answer is there', () => {
  expect(report).toMatchObject({ figures: figureTiles.length, charts: chartTiles.length, leftOut: [] });
  expect(page.querySelector('h1')?.textContent).toMatch(/^Revenue (rose|fell|did not change)/);
  expect(page.querySelectorAll('.card')).toHaveLength(chartTiles.length);
});

describe('each number is that of the query', () => {
  test.for(figureTiles)('the figure $id', async ({ id, metric, measure }) => {
    const days = await shop.ask(metric, range, { grain: 'day' });
    const { value } = totalOf(metric, days.rows, measure, days.columns);
    const shown = page.querySelector(`#${id} .val data`);
    expect(Number(shown?.getAttribute('value'))).toBe(value);
    const column = days.columns.find(({ name }) => name === measure);
    if (column?.additive !== 'none' || column.kind === 'ratio') {
      const [whole] = (await shop.ask(metric, range, { grain: 'all' })).rows;
      expect(value).toBeCloseTo(Number(whole?.[measure]), 10);
    }
    // What is read is the value, in digits.
    const digits = String(shown?.textContent).replaceAll(/[,%]/g, '');
    const scale = shown?.textContent?.endsWith('%') ? 100 : 1;
    expect(Math.abs(Number(digits) - (value ?? 0) * scale)).toBeLessThan(0.51);
    expect(rowsOf(`${id}-days`).map((row) => number(row.querySelector('td.n')))).toEqual(
      days.rows.map((row) => row[measure]),
    );
  });

  test.for(chartTiles.filter(({ mark }) => mark !== 'funnel'))(
    'the table of $id',
    async ({ id, metric, parameters, measures }) => {
      const grain = { grain: 'day' };
      const hasGrain = ['daily-visitors', 'revenue', 'cart-abandonment', 'retention'].includes(metric);
      const asked: Readonly<Record<string, string>> = { ...(hasGrain ? grain : {}), ...parameters };
      const wide = asked['limit'] === undefined ? asked : { ...asked, limit: '1000' };
      const [now, earlier] = [await shop.ask(metric, range, asked), await shop.ask(metric, before, wide)];
      const rows = rowsOf(id);
      expect(rows.length).toBeGreaterThan(0);
      expect(rows).toHaveLength(now.rows.length);
      const [main = ''] = measures;
      const shown = rows.map((row) => [...row.querySelectorAll('td.n')].map(number));
      const headers = [...page.querySelectorAll(`#${id} thead th.n`)].map(({ textContent }) => textContent);
      const title = `${main.slice(0, 1).toUpperCase()}${main
        .slice(1)
        .replaceAll(/([A-Z])/g, ' $1')
        .toLowerCase()}`;
      const at = headers.findIndex((one) => one === title || one === `${title} (USD)`);
      expect(at).toBeGreaterThanOrEqual(0);
      expect(shown.map((cells) => cells[at])).toEqual(now.rows.map((row) => row[main]));
      // The compared figures stand beside them: their sum is at most that of the earlier answer, and each is one of it.
      const others = new Set(earlier.rows.map((row) => row[main]));
      const compared = shown.map((cells) => cells[at + 1]).filter((value) => value !== null);
      expect(compared.length).toBeGreaterThan(0);
      for (const value of compared) expect(others).toContain(value);
      // What ranked low before has its change all the same.
      const [name = ''] = now.columns
        .filter(({ role, kind }) => role === 'dimension' && kind !== 'rank')
        .map((one) => one.name);
      if (asked['limit'] !== undefined)
        expect(shown.map((cells) => cells[at + 1])).toEqual(
          now.rows.map((row) => earlier.rows.find((one) => one[name] === row[name])?.[main] ?? null),
        );
    },
  );

  test('the steps of the funnel, and what they have in common', async () => {
    const [now, earlier] = [
      await shop.ask('conversion-funnel', range, { grain: 'all' }),
      await shop.ask('conversion-funnel', before, { grain: 'all' }),
    ];
    const names = [
      'sessions',
      'viewSessions',
      'cartSessions',
      'purchaseSessions',
      'viewedAndCarted',
      'cartedAndPurchased',
      'purchasedWithoutCart',
    ];
    const of = (answer: typeof now, name: string) => Number(answer.rows[0]?.[name]);
    const shown = rowsOf('funnel').map((row) => [...row.querySelectorAll('td.n')].map(number));
    expect(shown.map(([value, was]) => [value, was])).toEqual(
      names.map((name) => [of(now, name), of(earlier, name)]),
    );
    expect(shown.slice(0, 4).map((cells) => cells[3])).toEqual(
      names.slice(0, 4).map((name) => of(now, name) / of(now, 'sessions')),
    );
    expect(shown[3]?.[3]).toBe(now.rows[0]?.['conversionRate']);
    expect(
      [...page.querySelectorAll('#funnel .also dd')].map(({ textContent }) =>
        Number(textContent.replaceAll(',', '')),
      ),
    ).toEqual(names.slice(4).map((name) => of(now, name)));
  });

  test('changes are those of the two figures', () => {
    const changes = rowsOf('revenue-by').map((row) => {
      const cells = [...row.querySelectorAll('td.n')];
      const [now, was] = [number(cells[0]), number(cells[1])];
      const change = Number(now) / Number(was) - 1;
      return [
        cells[2]?.textContent,
        `${change < 0 ? '−' : '+'}${figureText(Math.abs(change), { kind: 'share', digits: 1 })}`,
      ];
    });
    expect(changes).toHaveLength(7);
    for (const [shown, worked] of changes) expect(shown).toBe(worked);
  });
});

test('nothing is loaded, and nothing runs', () => {
  expect(page.querySelectorAll('script, link, iframe, object, embed, img, base')).toHaveLength(0);
  expect([...page.querySelectorAll('*')].filter((one) => one.hasAttribute('style'))).toHaveLength(0);
  for (const address of report.html.matchAll(/\b(?:src|href|action)="([^"]*)"/g))
    expect(address[1]).toBe('#main');
  expect(report.html).not.toMatch(/url\(|@import|\son[a-z]+="/);
  const policy = page.querySelector('meta[http-equiv="Content-Security-Policy"]')?.getAttribute('content');
  expect(policy).toMatch(
    /^default-src 'none'; style-src 'sha256-[\w+/=]+'; base-uri 'none'; form-action 'none'$/,
  );
  expect(policy).not.toContain('unsafe');
});

test('each chart has a name, a sentence, a table and its SQL', () => {
  for (const card of page.querySelectorAll('.card')) {
    const name = card.querySelector('h2')?.textContent;
    const sentence = card.querySelector('.sum')?.textContent ?? '';
    expect(sentence, name).toMatch(/^\S.*\.$/);
    const plot = card.querySelector('[role=img]');
    expect(plot?.getAttribute('aria-label'), name).toContain(sentence);
    expect(card.querySelectorAll('svg').length, name).toBe(2);
    expect(card.querySelector('table caption')?.textContent, name).toBeTruthy();
    expect(card.querySelector('pre')?.textContent, name).toMatch(/select/i);
    expect(card.querySelector('dl')?.parentElement?.textContent).toBeTruthy();
  }
  const ids = [...page.querySelectorAll('[id]')].map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
});

test('without a comparison, nothing is compared', async () => {
  const { document } = parseHTML((await make({ comparison: undefined })).html);
  expect(document.querySelectorAll('.delta, .key')).toHaveLength(0);
  expect(document.querySelector('.lead')?.textContent).toBe('Nothing is compared.');
  const [first] = document.querySelectorAll('#revenue-by tbody tr');
  expect(first && texts(first, 'th')).toEqual(['Mon 11 Mar']);
});

test('days without events are a page, too', async () => {
  const empty = { from: '2030-01-07', to: '2030-01-13' };
  const { document } = parseHTML((await make({ range: empty })).html);
  expect(document.querySelector('#visitors .val')?.textContent).toBe('–');
  expect(document.querySelector('#revenue-by .sum')?.textContent).toBe('No figures for 7–13 Jan 2030.');
  expect(document.querySelector('#revenue-by .none')?.textContent).toBe('No figures, so nothing to draw.');
});

test('a value of the lake is text, whatever it says', () => {
  const brand = `"><script>alert('x')</script>`;
  expect(html`<td title="${brand}">${brand}</td>`.text).toBe(
    '<td title="&quot;&gt;&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;">&quot;&gt;&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;</td>',
  );
});
