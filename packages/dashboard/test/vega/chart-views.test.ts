import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { AnswerRow, ChartAnswer } from '../../src/chart/chart-answer.ts';
import type { ChartSpec } from '../../src/chart/chart-spec.ts';
import { pageColors } from '../../src/vega/color-tokens.ts';
import { drawChart } from '../../src/vega/draw-chart.ts';
import { renderSvg } from '../../src/vega/render-chart.ts';
import { shapeOf } from '../../src/vega/spec-shape.ts';
import { type DrawnSpec, vegaLiteOf } from '../../src/vega/vega-lite-of.ts';

const value = { column: 'n', title: 'Events', format: { kind: 'count', digits: 0 }, addsUp: true } as const;
const base = { metric: 'm', title: 'Events', table: [] } as const;
const specs = {
  line: { mark: 'line', ...base, x: { column: 'period', title: 'Day', kind: 'time' }, y: [value] },
  kpi: { mark: 'kpi', ...base, period: { column: 'period', title: 'Day', kind: 'time' }, value },
  bar: { mark: 'bar', ...base, x: { column: 'brand', title: 'Brand', kind: 'text' }, y: value },
  heatmap: {
    mark: 'heatmap',
    ...base,
    x: { column: 'hour', title: 'Hour', kind: 'hour' },
    y: { column: 'weekday', title: 'Weekday', kind: 'weekday' },
    value,
  },
} satisfies Partial<Record<ChartSpec['mark'], DrawnSpec>>;

const day = (index: number): string =>
  new Date(Date.parse('2024-03-04') + index * 86_400_000).toISOString().slice(0, 10);
const figure = fc.oneof(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 3e6 }));

/** Rows as each mark takes them, with gaps. */
const rowsFor = (counts: readonly (number | null)[]): readonly AnswerRow[] =>
  counts.flatMap((n, index) =>
    n === null
      ? []
      : [{ n, period: day(index), brand: `brand ${index}`, hour: index % 24, weekday: 1 + (index % 7) }],
  );

const drawings = fc.record({
  mark: fc.constantFrom('line', 'kpi', 'bar', 'heatmap'),
  counts: fc.array(fc.option(figure, { freq: 5 }), { minLength: 1, maxLength: 20 }),
  before: fc.option(fc.array(figure, { minLength: 1, maxLength: 20 })),
  width: fc.constantFrom(340, 616, 1200),
});

/** The elements of a drawing in their order; the labels and grid lines of an axis have none, as they never lie over each other. */
const parts = (svg: string): readonly string[] =>
  svg
    .replace(
      /(<g class="mark-\w+ role-axis-\w+"[^>]*>)(.*?)(<\/g>)/g,
      (_, open: string, own: string, end: string) =>
        [open, ...own.split(/(?=<(?:text|line) )/).toSorted(), end].join('\n'),
    )
    .split(/(?=<)/)
    .map((part) => part.trim());

test('a drawing is the same whatever its view drew before', async () => {
  const seen = new Set<string>();
  await fc.assert(
    fc.asyncProperty(fc.array(drawings, { minLength: 2, maxLength: 5 }), async (all) => {
      const made = all.map(({ mark, counts, before, width }) => {
        const range = { from: day(0), to: day(counts.length - 1) };
        const answer = (own: readonly (number | null)[]) =>
          ({ metric: 'm', columns: [], grain: 'day', range, rows: rowsFor(own) }) as unknown as ChartAnswer;
        const compared = { now: answer(counts), before: before ? answer(before) : undefined };
        return vegaLiteOf(specs[mark], compared, { width, height: 230, colors: pageColors });
      });
      for (const spec of made) seen.add(shapeOf(spec).key);
      // All at once, so that drawings of one shape wait for each other.
      const [kept, fresh] = [
        await Promise.all(made.map((spec) => drawChart(spec))),
        await Promise.all(made.map(renderSvg)),
      ];
      expect(kept.map(({ svg }) => parts(svg))).toEqual(fresh.map(parts));
    }),
    { numRuns: 15, seed: 3 },
  );
  expect(seen.size).toBeGreaterThan(10);
});

test('figures are no part of a shape', () => {
  const spec = (counts: readonly number[]) =>
    vegaLiteOf(
      specs.line,
      {
        now: {
          metric: 'm',
          columns: [],
          grain: 'day',
          range: { from: day(0), to: day(6) },
          rows: rowsFor(counts),
        } as unknown as ChartAnswer,
      } as never,
      { width: 616, height: 230, colors: pageColors },
    );
  const [one, other] = [spec([1, 2, 3, 4, 5, 6, 7]), spec([800, 900, 1100, 1300, 1500, 1700, 2100])];
  expect(shapeOf(one).key).toBe(shapeOf(other).key);
  expect(shapeOf(one).parameters).not.toEqual(shapeOf(other).parameters);
});
