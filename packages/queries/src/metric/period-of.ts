import type { AliasableExpression, Expression } from 'kysely';
import { timestampLiteral, truncateTime } from '../functions/functions.ts';
import type { Grain } from './grain.ts';
import type { MetricContext } from './metric.ts';

type PeriodContext = Pick<MetricContext<{ readonly grain: Grain }, 'time'>, 'parameters' | 'start'>;

/** The first instant of the period that an instant is in; the range's own start when the grain is `all`. */
export function periodOf(
  { parameters, start }: PeriodContext,
  time: Expression<Date>,
): AliasableExpression<Date> {
  const { grain } = parameters;
  return grain === 'all' ? timestampLiteral(start) : truncateTime(grain, time);
}
