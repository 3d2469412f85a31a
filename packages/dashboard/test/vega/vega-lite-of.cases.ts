import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Ajv } from 'ajv';
import { beforeAll, describe, expect, test } from 'vitest';
import { chartOfAnswer, type DayRange } from '../../src/index.ts';
import type { ChartFrame } from '../../src/vega/chart-frame.ts';
import { lightColors, pageColors } from '../../src/vega/color-tokens.ts';
import { gridOf } from '../../src/vega/heatmap-chart.ts';
import { renderSvg } from '../../src/vega/render-chart.ts';
import { type DrawnSpec, vegaLiteOf } from '../../src/vega/vega-lite-of.ts';
import { sceneOf } from '../support/scene.ts';
import { sharedLake } from '../support/shared-lake.ts';
import type { ShopLake } from '../support/shop-lake.ts';

let shop: ShopLake;
beforeAll(async () => {
  shop = sharedLake();
});

const range: DayRange = { from: '2024-03-04', to: '2024-03-10' };
const beforeRange: DayRange = { from: '2024-02-26', to: '2024-03-03' };
const frame: ChartFrame = { width: 760, height: 260, colors: lightColors };

async function drawn(metric: string, parameters: Readonly<Record<string, string>> = {}, choice = {}) {
  const [now, before] = [
    await shop.ask(metric, range, parameters),
    await shop.ask(metric, beforeRange, parameters),
  ];
  const spec = chartOfAnswer(now, choice) as DrawnSpec;
  return { now, before, vega: vegaLiteOf(spec, { now, before }, frame), spec };
}

const figures = (rows: readonly Readonly<Record<string, unknown>>[], column: string) =>
  rows.map((row) => row[column]);
const near = (numbers: readonly unknown[]) => numbers.map((one) => expect.closeTo(Number(one), 6));

describe('what is drawn is what the query gave', () => {
  test('lines go through the figures of both ranges', async () => {
    const { now, before, vega } = await drawn('revenue', { grain: 'day' });
    const { layers, invert } = await sceneOf(vega);
    const heights = (name: string) => layers.get(name)?.map(({ y }) => invert('y', y));
    expect(now.rows).toHaveLength(7);
    expect(heights('line0')).toEqual(near(figures(before.rows, 'revenue')));
    expect(heights('line1')).toEqual(near(figures(now.rows, 'revenue')));
    expect(layers.get('line1')?.map(({ x }) => invert('x', x))).toEqual(near([0, 1, 2, 3, 4, 5, 6]));
    // The path of the SVG itself, whose numbers are rounded to a thousandth of a pixel.
    const svg = await renderSvg(vega);
    const [, solid = ''] = svg.match(/ d="(M[^"]+)" stroke="#0a6570"/) ?? [];
    const ys = [...solid.matchAll(/[ML][\d.]+,([\d.]+)/g)].map(([, y]) => invert('y', Number(y)));
    const revenue = figures(now.rows, 'revenue').map(Number);
    expect(ys).toHaveLength(7);
    for (const [index, y] of ys.entries()) expect(Math.abs(y / (revenue[index] ?? 0) - 1)).toBeLessThan(1e-4);
    expect(svg).toContain('stroke-dasharray="4,3"');
  });

  test('hours are 168 points, each in its place', async () => {
    const { now, vega } = await drawn('daily-visitors', { grain: 'hour' }, { measures: ['visitors'] });
    const { layers, invert } = await sceneOf(vega);
    const shown = layers
      .get('line1')
      ?.map(({ x, y }) => [Math.round(invert('x', x)) + 0, Math.round(invert('y', y))]);
    const hour = (period: unknown) => (Date.parse(String(period)) - Date.parse(range.from)) / 3_600_000;
    expect(shown).toEqual(now.rows.map(({ period, visitors }) => [hour(period), visitors]));
  });

  test('bars are as long as their figures, and marks stand where they were', async () => {
    const { now, before, vega } = await drawn('top-brands', { limit: '8' });
    const { layers, invert } = await sceneOf(vega);
    const bars = layers.get('bars') ?? [];
    expect(now.rows).toHaveLength(8);
    expect(bars.map(({ x, width }) => invert('x', x + width))).toEqual(near(figures(now.rows, 'revenue')));
    expect(bars.map(({ x }) => invert('x', x))).toEqual(near(now.rows.map(() => 0)));
    expect(layers.get('names')?.map(({ text }) => text)).toEqual(
      figures(now.rows, 'brand').map((one) => String(one ?? '(none)')),
    );
    const earlier = new Map(
      before.rows.map(({ brand, revenue }) => [String(brand ?? '(none)'), Number(revenue)]),
    );
    const marks = layers.get('before') ?? [];
    expect(marks.length).toBeGreaterThan(3);
    for (const { x, datum } of marks)
      expect(invert('x', x)).toBeCloseTo(earlier.get(String(datum['name'])) ?? -1, 6);
  });

  test('columns of hours begin at 0', async () => {
    const { now, vega } = await drawn('peak-hours');
    const { layers, invert } = await sceneOf(vega);
    const bars = layers.get('bars') ?? [];
    expect(bars.map(({ y }) => invert('y', y))).toEqual(near(figures(now.rows, 'events')));
    expect(bars.map(({ y, height }) => invert('y', y + height))).toEqual(near(now.rows.map(() => 0)));
  });

  test('steps of a funnel are parts of the first', async () => {
    const { now, vega } = await drawn('conversion-funnel', { grain: 'all' });
    const { layers, invert } = await sceneOf(vega);
    const [row] = now.rows;
    const counts = ['sessions', 'viewSessions', 'cartSessions', 'purchaseSessions'].map((name) =>
      Number(row?.[name]),
    );
    const bars = layers.get('bars') ?? [];
    expect(bars.map(({ x, width }) => invert('x', x + width))).toEqual(
      near(counts.map((one) => one / (counts[0] ?? 1))),
    );
    const shown = layers.get('figures')?.map(({ text }) => Number(text?.replaceAll(',', '').split(/\s/)[0]));
    expect(shown).toEqual(counts);
  });

  test('cells have the colour of their range, and their figure', async () => {
    const { now, vega, spec } = await drawn('peak-hours', { by: 'weekday' });
    const { layers, invert } = await sceneOf(vega);
    const cells = layers.get('cells') ?? [];
    const middle = ({ x, width, y, height }: (typeof cells)[number]) => [
      Math.round(invert('y', y + height / 2)) + 1,
      Math.round(invert('x', x + width / 2)),
    ];
    expect(cells.map((cell) => [...middle(cell), cell.datum['value']])).toEqual(
      now.rows.map(({ weekday, hour, events }) => [weekday, hour, events]),
    );
    const most = Math.max(...now.rows.map(({ events }) => Number(events)));
    if (spec.mark !== 'heatmap') throw new Error(spec.mark);
    const { ends } = gridOf(spec, { now });
    const [, step = 0] = ends;
    expect(ends).toEqual([0, 1, 2, 3, 4, 5].map((one) => one * step));
    expect(5 * step).toBeGreaterThanOrEqual(most);
    // Round enough to be read, and not so wide that the last range is empty.
    expect(4 * step).toBeLessThan(most);
    expect(String(step)).toMatch(/^[1-9]\d?0*$/);
    const colors = [
      lightColors.heat0,
      lightColors.heat1,
      lightColors.heat2,
      lightColors.heat3,
      lightColors.heat4,
    ];
    expect(cells.map(({ fill }) => fill)).toEqual(
      now.rows.map(({ events }) => colors[Math.min(4, Math.floor(Number(events) / step))]),
    );
  });

  test('a gap is a gap, and a point between two gaps is seen', async () => {
    const { now, before, spec } = await drawn('daily-visitors', {}, { measures: ['visitors'] });
    const kept = now.rows.filter((_, index) => [0, 1, 3, 5, 6].includes(index));
    const vega = vegaLiteOf(spec, { now: { ...now, rows: kept }, before }, frame);
    const svg = await renderSvg(vega);
    const [, path = ''] = svg.match(/ d="(M[^"]+)" stroke="#0a6570"/) ?? [];
    // Monday to Tuesday, Thursday alone, Saturday to Sunday: nothing goes down to 0 and up again.
    expect(path.match(/M/g)).toHaveLength(3);
    expect((await sceneOf(vega)).layers.get('points0')).toHaveLength(5);
  });
});

const schema: unknown = JSON.parse(
  readFileSync(fileURLToPath(new URL('vega-lite-schema.json', import.meta.resolve('vega-lite'))), 'utf8'),
);
// The schema names formats of the web, of colours and addresses, which it does not define.
const valid = new Ajv({ strict: false, validateFormats: false }).compile(schema as object);

const cases = [
  ['revenue', {}, {}],
  ['revenue', { by: 'weekday' }, {}],
  ['revenue', { by: 'brand', grain: 'day' }, {}],
  ['daily-visitors', {}, { mark: 'kpi', measures: ['visitors'] }],
  ['top-categories', { limit: '5' }, {}],
  ['funnel', { grain: 'all' }, {}],
  ['retention', {}, {}],
  ['session-summary', { grain: 'week' }, {}],
] as const;

test.for(cases)(
  '%s %o is valid Vega-Lite, and is drawn without scripts',
  async ([metric, parameters, choice]) => {
    const { vega } = await drawn(metric, parameters, choice);
    expect(valid(vega), JSON.stringify(valid.errors?.slice(0, 3))).toBe(true);
    const svg = await renderSvg(vega);
    expect(svg).toMatch(/^<svg /);
    expect(svg).not.toMatch(/<script|\son\w+=|style=|NaN|undefined|href/);
  },
);

test('a page has its own colours in place of ours', async () => {
  const { spec, now, before } = await drawn('revenue');
  const svg = await renderSvg(vegaLiteOf(spec, { now, before }, { ...frame, colors: pageColors }));
  expect(svg).toContain('stroke="var(--accent)"');
  expect(svg).not.toMatch(/#[0-9a-f]{6}/);
});
