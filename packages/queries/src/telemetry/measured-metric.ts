import { telemetry } from './telemetry.ts';

/** A metric that is asked. */
export interface MeasuredMetric {
  readonly metric: string;
  readonly table: string;
  /** Milliseconds that its statement took to be made. */
  readonly compiled: number;
}

/** What a metric tells about itself while its rows are computed. */
export interface MetricMeasure {
  /** By which rollup the rows come, or `none`. */
  rollup(name: string): void;
}

const nothing: MetricMeasure = { rollup() {} };

/** Asks a metric in a span, with the time of its statement as a span inside. */
export function measuredMetric<Rows>(
  { metric, table, compiled }: MeasuredMetric,
  ask: (measure: MetricMeasure) => Promise<Rows>,
): Promise<Rows> {
  if (!telemetry.isOn()) return ask(nothing);
  const attributes = { 'headwater.metric': metric, 'headwater.table': table } as const;
  return telemetry.inSpan('headwater.metric', { of: metric, attributes }, async (span) => {
    const passed = { started: Date.now() - compiled, milliseconds: compiled };
    await telemetry.spanned('headwater.compile', {}, passed);
    return ask({ rollup: (name) => span.set({ 'headwater.rollup': name }) });
  });
}
