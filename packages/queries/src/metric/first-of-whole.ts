import { type AliasableExpression, expressionBuilder } from 'kysely';
import type { MetricContext } from './metric.ts';

const { fn } = expressionBuilder<{ events: Record<Whole, string> & { time: Date } }, 'events'>();

type Whole = 'actor' | 'session' | 'order';

/**
 * The first instant of a group of events. By category, brand or product, the group is a part of a whole, such as the events
 * of a session about one category; this is then the first instant of the whole, so that a session is in one period.
 *
 * @param whole the columns that the whole is grouped by
 */
export function firstOfWhole(
  { breakdown }: Pick<MetricContext<unknown, 'time'>, 'breakdown'>,
  ...whole: readonly Whole[]
): AliasableExpression<Date> {
  if (breakdown?.column === undefined) return fn.min('time');
  return fn.min<Date>(fn.min('time')).over((over) => over.partitionBy([...whole]));
}
