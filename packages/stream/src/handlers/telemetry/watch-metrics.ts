import type { Notice } from '../../alerts/incident.ts';
import type { IntakeCounts } from '../../windows/event-intake.ts';
import type { MetricValues } from './handler-metrics.ts';

/**
 * The metrics of a function that watches a stream and tells incidents.
 *
 * @param before what it had counted before the delivery
 * @param after what it has counted by now
 * @param published the notices of the delivery
 */
export const watchMetrics = (
  before: IntakeCounts,
  after: IntakeCounts,
  published: readonly Notice[],
): MetricValues => ({
  Repeated: after.duplicates - before.duplicates,
  Late: after.late - before.late,
  Ahead: after.ahead - before.ahead,
  Notices: published.length,
  Incidents: published.filter(({ incident }) => incident.state === 'open').length,
});
