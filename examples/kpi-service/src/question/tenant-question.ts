import { type Viewer, viewerQuery } from '@headwater/access';
import { type Lake, type Metric, type MetricQuery, tableOf } from '@headwater/queries';
import type { SelectQueryBuilder } from 'kysely';
import type { Tenant } from '../access/access-file.ts';
import { events, tenantColumn } from '../marketplace.ts';
import { filterPrefix } from './metric-parameters.ts';
import type { Column } from './open-columns.ts';
import { columnValue } from './value-parameter.ts';

/** The lake that the service reads. */
export type ServedLake = Lake<readonly [typeof events]>;

/** The answer to a metric, as rows that have not been asked for yet. */
export type KpiQuery = MetricQuery<Record<string, unknown>>;

/**
 * A metric over the rows of one tenant. The filter comes from the token alone: a caller's filters are further conditions on other
 * columns, and `metricParameters` has no parameter for the tenant's column. A filter by it would be refused here all the same, whatever
 * the parameters are.
 *
 * @param parameters as `metricParameters` accepted them
 */
export function tenantMetric(
  lake: ServedLake,
  tenant: Tenant,
  metric: Metric,
  parameters: Readonly<Record<string, unknown>>,
): KpiQuery {
  const entries = Object.entries(parameters);
  const isFilter = ([name]: readonly [string, unknown]) => name.startsWith(filterPrefix);
  const own = Object.fromEntries(entries.filter((one) => !isFilter(one)));
  const where = Object.fromEntries(
    entries
      .filter(isFilter)
      .filter(([, given]) => given !== undefined)
      .map(([name, given]) => [name.slice(filterPrefix.length), [given].flat().map((one) => one || null)]),
  );
  return viewerQuery(tableOf(lake, events.name), { metric, parameters: own, where }, viewerOf(tenant)).query;
}

/** A tenant sees the rows of its own, without personal data. */
const viewerOf = ({ id }: Tenant): Viewer => ({ where: { [tenantColumn]: id }, permissionClass: 'no_pii' });

/** Which values of a column are asked for. */
export interface ValuesAsked {
  readonly from: string;
  readonly to: string;
  /** Values after this one. */
  readonly after?: string | undefined;
  readonly limit: number;
  readonly maxScan?: string | number | undefined;
}

/** The distinct values of a column in the rows of one tenant, in their order, and one more than the limit to tell whether there are more. */
export function tenantValues(
  lake: ServedLake,
  tenant: Tenant,
  column: Column,
  { from, to, after, limit, maxScan }: ValuesAsked,
) {
  // Columns are known by their names here, and those are checked before.
  const bounded = lake.events.between(from, to, { maxScan }) as unknown as SelectQueryBuilder<
    Record<string, Record<string, unknown>>,
    string,
    object
  >;
  const query = bounded
    .where(tenantColumn, '=', tenant.id)
    .where(column.name, 'is not', null)
    .select(column.name)
    .distinct()
    .orderBy(column.name)
    .limit(limit + 1);
  return after === undefined ? query : query.where(column.name, '>', columnValue(column, after));
}
