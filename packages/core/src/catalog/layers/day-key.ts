import type { AwsTarget } from '../aws-target.ts';
import type { PartitionKey } from '../external-table.ts';
import type { Projection } from '../projection/projection.ts';

/** The projected days: from `firstDay` to tomorrow. */
export const projectedDays = ({ firstDay }: Pick<AwsTarget, 'firstDay'>) =>
  ({
    type: 'date',
    format: 'yyyy-MM-dd',
    range: [firstDay, 'NOW+1DAYS'],
    interval: 1,
    unit: 'DAYS',
  }) as const satisfies Projection;

/**
 * The key `dt` of every table of the lake, from `firstDay` to tomorrow, so that queries also see rows from a clock that runs
 * ahead. A day without files costs a query one listing, so set `firstDay` close to the first data. The type is text, because
 * Athena prunes text keys in the catalogue and others only later.
 */
export function dayKey(target: AwsTarget, description: string): PartitionKey {
  return {
    name: 'dt',
    type: { kind: 'string' },
    nullable: false,
    description,
    pii: 'none',
    projection: projectedDays(target),
  };
}
