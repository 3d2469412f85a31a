import { expect } from 'vitest';
import { drawnMeasures } from '../../src/chart/drawn-measures.ts';
import { type ChartSpec, type DayRange, type DimensionChannel, totalOf } from '../../src/index.ts';
import type { ChartPlan } from '../../src/quicksight/chart-plan.ts';
import type { ShopLake } from '../support/shop-lake.ts';
import type { VisualRow } from './evaluate-visual.ts';

/** What the page shows of the same description: a value for each measure of each row, by the values of the dimensions. */
export async function pageFigures(
  shop: ShopLake,
  plan: ChartPlan,
  range: DayRange,
  others: Readonly<Record<string, unknown>> = {},
): Promise<Map<string, (number | null)[]>> {
  const { chart, spec } = plan;
  const answer = await shop.ask(chart.metric, range, {
    ...(chart.hasGrain ? { grain: 'day' } : {}),
    ...chart.parameters,
    ...others,
  } as Record<string, string>);
  const value = (row: Readonly<Record<string, unknown>>, name: string) => {
    const figure = row[name] ?? null;
    return figure === null ? null : Number(figure);
  };
  if (spec.mark === 'kpi')
    return new Map([['', [totalOf(chart.metric, answer.rows, spec.value.column, answer.columns).value]]]);
  if (spec.mark === 'funnel' && spec.steps.kind === 'columns') {
    const [row] = answer.rows;
    return new Map(spec.steps.columns.map(({ column, title }) => [title, [row ? value(row, column) : 0]]));
  }
  const dimensions = dimensionsOf(spec);
  const measures = drawnMeasures(spec);
  return new Map(
    answer.rows.map((row) => [
      dimensions.map(({ column }) => String(row[column] ?? null)).join('|'),
      measures.map(({ column }) => value(row, column)),
    ]),
  );
}

function dimensionsOf(spec: ChartSpec): readonly DimensionChannel[] {
  switch (spec.mark) {
    case 'line':
    case 'bar':
      return [spec.x, ...(spec.series ? [spec.series] : [])];
    case 'heatmap':
      return [spec.y, spec.x];
    case 'funnel':
      return spec.steps.kind === 'rows' ? [spec.steps.step] : [];
    case 'table':
      return spec.table.filter((one): one is DimensionChannel => !('format' in one));
    case 'kpi':
      return [];
  }
}

export const visualFigures = (rows: readonly VisualRow[]): Map<string, (number | null)[]> =>
  new Map(
    rows.map(({ dimensions, measures }) => [
      Object.values(dimensions).map(String).join('|'),
      Object.values(measures),
    ]),
  );

/** The same figures, by the same things. Fractions may differ in their last bits, as sums in another order do. */
export function expectSame(
  found: Map<string, (number | null)[]>,
  expected: Map<string, (number | null)[]>,
): void {
  expect([...found.keys()].toSorted()).toEqual([...expected.keys()].toSorted());
  for (const [key, values] of expected) {
    const own = found.get(key) ?? [];
    expect(own).toHaveLength(values.length);
    for (const [index, value] of values.entries()) {
      if (value === null) expect(own[index], key).toBeNull();
      else expect(own[index], key).toBeCloseTo(value, 9);
    }
  }
}
