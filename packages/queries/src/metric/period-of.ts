import type { Expression, RawBuilder } from 'kysely';
import { timestampLiteral } from '../functions/timestamp-literal.ts';
import { truncateTime } from '../functions/truncate-time.ts';
import type { Grain } from './grain.ts';
import type { MetricContext } from './metric.ts';

type PeriodContext = Pick<
  MetricContext<{ readonly grain: Grain }, 'time'>,
  'parameters' | 'engine' | 'start'
>;

/** The first instant of the period that an instant is in; the range's own start when the grain is `all`. */
export function periodOf(
  { parameters, engine, start }: PeriodContext,
  time: Expression<Date>,
): RawBuilder<Date> {
  const { grain } = parameters;
  return grain === 'all' ? timestampLiteral[engine](start) : truncateTime[engine](grain, time);
}
