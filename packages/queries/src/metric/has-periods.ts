import type { Metric } from './metric.ts';

/** Whether the rows of a metric are of periods, rather than of the whole range. */
export const hasPeriods = ({ dimensions }: Pick<Metric, 'dimensions'>): boolean =>
  dimensions['period']?.kind === 'time';
