/**
 * Charts of answers as data: what goes on which channel, and how figures are written. No engine, and no drawing.
 *
 * @module
 */

export type { AnswerRow, AnswerShape, ChartAnswer, DayRange, PeriodLength } from './chart-answer.ts';
export { type ChartChoice, chartOfAnswer, type SpecOf } from './chart-of-answer.ts';
export type {
  BarSpec,
  ChartMark,
  ChartSpec,
  DimensionChannel,
  FunnelSpec,
  HeatmapSpec,
  KpiSpec,
  LineSpec,
  MeasureChannel,
  TableSpec,
} from './chart-spec.ts';
export { type FigureFormat, figureText } from './figure-format.ts';
