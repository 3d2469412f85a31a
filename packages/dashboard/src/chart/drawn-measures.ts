import type { ChartAnswer } from './chart-answer.ts';
import { type ChartSpec, isMeasureChannel, type MeasureChannel } from './chart-spec.ts';
import { figureOf } from './figure-of.ts';

/** The measures that a chart draws, and all of a table. */
export function drawnMeasures(spec: ChartSpec): readonly MeasureChannel[] {
  switch (spec.mark) {
    case 'line':
      return spec.y;
    case 'bar':
      return [spec.y];
    case 'kpi':
    case 'heatmap':
      return [spec.value];
    case 'funnel':
      return spec.steps.kind === 'columns' ? spec.steps.columns : [spec.steps.value];
    case 'table':
      return spec.table.filter(isMeasureChannel);
  }
}

/** Whether an answer has a figure that its chart draws. A cohort is whole in its own period, so offset 0 is none. */
export const hasFigures = (spec: ChartSpec, { rows }: ChartAnswer): boolean =>
  rows.some(
    (row) =>
      !(spec.mark === 'heatmap' && spec.x.kind === 'offset' && row[spec.x.column] === 0) &&
      drawnMeasures(spec).some(({ column }) => figureOf(row, column) !== null),
  );
