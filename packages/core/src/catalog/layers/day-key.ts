import type { AwsTarget } from '../aws-target.ts';
import type { PartitionKey } from '../external-table.ts';
import type { Projection } from '../projection/projection.ts';

/** The part of a target that decides which days are projected. */
export type ProjectedRange = Pick<AwsTarget, 'firstDay' | 'lastDay'>;

/** The projected days: from `firstDay` to `lastDay`, or to tomorrow. */
export const projectedDays = ({ firstDay, lastDay = 'NOW+1DAYS' }: ProjectedRange) =>
  ({
    type: 'date',
    format: 'yyyy-MM-dd',
    range: [firstDay, lastDay],
    interval: 1,
    unit: 'DAYS',
  }) as const satisfies Projection;

/**
 * The key `dt` of every table of the lake, from `firstDay` to `lastDay`. Without `lastDay` the days end tomorrow, so that queries
 * also see rows from a clock that runs ahead. A day without files costs a query one listing, so set both close to the data. The
 * type is text, because Athena prunes text keys in the catalogue and others only later.
 */
export function dayKey(target: ProjectedRange, description: string): PartitionKey {
  return {
    name: 'dt',
    type: { kind: 'string' },
    nullable: false,
    description,
    pii: 'none',
    projection: projectedDays(target),
  };
}
