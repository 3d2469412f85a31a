import type { RollupIdentity } from '@headwater/core/internal';
import { hasPeriods } from '../../metric/has-periods.ts';
import type { Metric } from '../../metric/metric.ts';

/** Which rollup of a metric. */
export type AskedRollup = Pick<RollupIdentity, 'grain' | 'by' | 'kind' | 'measure'>;

/** The parameters of a question by a grain and a break-down. A metric without them has no such parameters. */
export const questionOf = (metric: Metric, { grain, by }: AskedRollup, parameters: object): object => ({
  ...parameters,
  ...(hasPeriods(metric) ? { grain } : {}),
  ...(by === 'none' ? {} : { by }),
});
