import { HeadwaterError, type RoleName, type TableSchema } from '@headwater/core';
import { hasPeriods } from './has-periods.ts';
import { partsOf } from './measure.ts';
import type { Metric } from './metric.ts';

/**
 * The measures that are asked for, with those that they are computed of.
 *
 * @param names undefined for all of the metric
 * @throws HeadwaterError `METRIC_PARAMETERS_INVALID` for a name that is none of its measures
 */
export function askedMeasures(
  { name: metric, measures }: Pick<Metric, 'name' | 'measures'>,
  names: readonly string[] | undefined,
): ReadonlySet<string> | undefined {
  if (!names) return undefined;
  const asked = new Set<string>();
  const add = (name: string): void => {
    const one = Object.hasOwn(measures, name) ? measures[name] : undefined;
    if (!one) {
      const problem = `measures: ${name} is none of ${Object.keys(measures).join(', ')}`;
      throw new HeadwaterError('METRIC_PARAMETERS_INVALID', { metric, problem });
    }
    asked.add(name);
    for (const part of partsOf(one)) add(part);
  };
  for (const name of names) add(name);
  return asked;
}

/**
 * The table as a question needs it that asks for some measures of a metric: without the roles that a table may lack for them. Finding
 * sessions, for example, takes most of the time of counting visitors, who do not depend on them.
 *
 * Rows that are ranked, and several rows for each period, are sorted by a measure, which may need a role that no other measure does; their
 * table stays whole.
 */
export function schemaFor(
  schema: TableSchema,
  { needs, roles, mayLack, optionalRoles, incremental, dimensions }: Metric,
  asked: ReadonlySet<string>,
  isSplit: boolean,
): TableSchema {
  // What a purchase is of may follow from the cart of its session.
  if (isSplit || incremental !== true || !hasPeriods({ dimensions }) || schema.purchaseItems === 'cart')
    return schema;
  const needed = new Set([...asked].flatMap((name) => (needs[name] ?? []).flat()));
  // A role that no measure says to need may be needed by all.
  const declared = new Set(Object.values(needs).flat(2));
  const unneeded = (role: RoleName): boolean =>
    (mayLack.includes(role) || (optionalRoles.includes(role) && !roles.includes(role))) &&
    declared.has(role) &&
    !needed.has(role);
  const kept = Object.entries(schema.roles).filter(([role]) => !unneeded(role as RoleName));
  const { sessions, ...rest } = schema;
  return {
    ...rest,
    ...(sessions === undefined || unneeded('session') ? {} : { sessions }),
    roles: Object.fromEntries(kept) as TableSchema['roles'],
  };
}
