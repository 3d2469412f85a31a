import { type ChartSpec, isMeasureChannel, type MeasureChannel } from '../chart/chart-spec.ts';

/** The measures that a chart draws, which its table compares. */
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
