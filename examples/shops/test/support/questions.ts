import { describeMetric, metrics } from '@headwater/queries';
import type { Parameters, ReferenceName } from '@headwater/reference-answers';
import type { ShopCase } from './shop-case.ts';

/** A metric that ships. */
export function metricOf(name: ReferenceName) {
  const metric = metrics[name];
  if (!metric) throw new Error(`No metric ${name}`);
  return metric;
}

/** The break-downs of a metric that a shop has a column for, and those that it has none for. */
export function breakdownsOf({ table }: ShopCase, name: ReferenceName) {
  const { breakdowns } = describeMetric(metricOf(name));
  const possible = ({ role }: (typeof breakdowns)[number]): boolean =>
    role === undefined || table.schema.roles[role] !== undefined;
  return { possible: breakdowns.filter(possible), impossible: breakdowns.filter((one) => !possible(one)) };
}

/**
 * The questions that a test asks a metric about a shop: over all days with every value of its parameters, and over some days and one
 * day with every break-down.
 */
export function questionsOf(shop: ShopCase, name: ReferenceName): Parameters[] {
  const [whole, some, one] = shop.ranges;
  const { parameters } = describeMetric(metricOf(name));
  const leftOut = shop.without[name] ?? [];
  const valuesOf = (parameter: string) =>
    (parameters.find((its) => its.name === parameter)?.values ?? []).filter(
      (one) => !leftOut.some((its) => its === one),
    );
  const by = ['none', ...breakdownsOf(shop, name).possible.map((breakdown) => breakdown.name)];
  const broken = valuesOf('by').length > 0 ? by.map((part) => ({ by: part })) : [{}];
  return [
    ...['grain', 'sort', 'per', 'cohort'].flatMap((its) =>
      valuesOf(its).map((value) => ({ ...whole, [its]: value })),
    ),
    ...(name === 'funnel' ? [{ ...whole, steps: shop.table.actions }] : []),
    ...[whole, some, one].flatMap((range) => broken.map((part) => ({ ...range, ...part }))),
  ] as Parameters[];
}

/**
 * The few of them that go to an engine on another machine, over a few days: each costs a second. Every metric by what events are about;
 * two of them by hour as well, where the clock may change.
 */
export function engineQuestionsOf(shop: ShopCase, name: ReferenceName): Parameters[] {
  const [, some] = shop.ranges;
  const { parameters } = describeMetric(metricOf(name));
  const isByDay = parameters.find((its) => its.name === 'grain')?.values?.includes('day') ?? false;
  const [broken] = breakdownsOf(shop, name).possible;
  const isByHour = name === 'daily-visitors' || name === 'revenue';
  return [
    { ...some, ...(isByDay ? { grain: 'day' } : {}), ...(broken ? { by: broken.name } : {}) },
    ...(isByHour ? [{ ...some, grain: 'hour' }] : []),
  ] as Parameters[];
}
