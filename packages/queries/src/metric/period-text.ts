import { type AliasableExpression, type Expression, sql } from 'kysely';
import { periodStartText } from '../functions/functions.ts';
import type { Grain } from './grain.ts';
import type { RangeParameters } from './parameters.ts';

/**
 * A period as text: its first instant, `YYYY-MM-DD` or `YYYY-MM-DDTHH:00:00Z` for hours, with their offset in a zone. With grain `all` it is the
 * range, as its first and last day: `2019-10-01/2019-10-31`.
 *
 * @param parameters those of the metric
 * @param time the first instant of the period, as `periodOf` and `byPeriod` give it
 * @example periodText(context.parameters, ref('totals.period')).as('period')
 */
export function periodText(
  parameters: RangeParameters & { readonly grain: Grain },
  time: Expression<Date>,
): AliasableExpression<string> {
  const { grain } = parameters;
  return grain === 'all' ? sql<string>`${sql.lit(rangeText(parameters))}` : periodStartText(grain, time);
}

/** A range as an ISO 8601 interval of its first and its last day, both inside: `2019-10-01/2019-10-31`. */
const rangeText = ({ from, to }: RangeParameters): string => `${from}/${to}`;
