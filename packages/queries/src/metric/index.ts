/**
 * What it takes to write a metric, and no engine: a definition with it can be imported where no driver is installed.
 *
 * @module
 */

export {
  asText,
  hourOfDay,
  millisecondsBetween,
  periodsBetween,
  ratio,
  timestampLiteral,
  truncateTime,
  weekday,
} from '../functions/functions.ts';
export type { BreakdownName } from './breakdown.ts';
export { byPeriod } from './by-period.ts';
export { type Chart, periodChart } from './chart.ts';
export { defineMetric } from './define-metric.ts';
export { type Dimension, type DimensionValue, dimension, period } from './dimension.ts';
export { firstOfWhole } from './first-of-whole.ts';
export { type Grain, grain } from './grain.ts';
export { type Additive, type Measure, measure } from './measure.ts';
export type { Metric, MetricContext, MetricEvents, MetricParameters, MetricRow } from './metric.ts';
export type { Need, Needs, NeedsOf } from './needs.ts';
export { limitParameter, type ParametersIn, type ParametersOut } from './parameters.ts';
export {
  eventParts,
  inPartOrder,
  type Part,
  type Parts,
  partColumn,
  rowParts,
  thingParts,
  timeParts,
} from './parts.ts';
export { periodOf } from './period-of.ts';
export { periodText } from './period-text.ts';
export { sideBySide } from './side-by-side.ts';
export { wholeSessions } from './whole-sessions.ts';
