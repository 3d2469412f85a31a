import type { ExternalTable } from '../external-table.ts';
import { projectionEnd } from './date-check.ts';
import { dateFormat } from './date-format.ts';
import type { Projection, ProjectionUnit } from './projection.ts';

/**
 * The maximum of partitions that Athena reads in one scan
 * (https://docs.aws.amazon.com/athena/latest/ug/service-limits.html). A scan without conditions reads all that are projected.
 */
export const mostPartitions = 1_000_000;

/** Above this number, a scan without conditions takes minutes to list folders, and costs more for that than for its bytes. */
export const manyPartitions = 100_000;

/** What else {@link projectedPartitions} takes. */
export interface ProjectedPartitionsOptions {
  /** The first and the last day, inclusive, of a query. Defaults to all days. */
  readonly first?: string | undefined;
  readonly last?: string | undefined;
  /** The time of the query, which moves the end of a projection. Defaults to the present. */
  readonly now?: Date | undefined;
}

/**
 * How many partitions Athena computes for a table: the product of its keys' values. It lists the folder of each, whether the folder
 * exists or not. A key of the type `injected` counts once, since a query must name its values.
 *
 * @example projectedPartitions({ keys: [hours, countries] }) // 24 hours x 200 countries: 4800
 */
export function projectedPartitions(
  { keys }: Pick<ExternalTable, 'keys'>,
  options: ProjectedPartitionsOptions = {},
): number {
  return keys.reduce(
    (product, { projection }) => product * counters[projection.type](projection as never, options),
    1,
  );
}

type Counters = {
  readonly [Type in Projection['type']]: (
    projection: Extract<Projection, { type: Type }>,
    options: ProjectedPartitionsOptions,
  ) => number;
};

const counters: Counters = {
  enum: ({ values }) => values.length,
  injected: () => 1,
  integer: ({ range: [first, last], interval = 1 }) =>
    Math.max(0, Math.floor((Number(last) - Number(first)) / interval) + 1),
  date({ range, format, interval = 1, unit }, { first, last, now = new Date() }) {
    const known = dateFormat(format);
    const [from, to] = range.map((text) => projectionEnd(text, known, now)?.at?.getTime());
    // Ends that are no dates are reported by the checks of projection.
    if (from === undefined || to === undefined) return 1;
    const step = interval * unitMs[unit ?? (known.precision === 'month' ? 'MONTHS' : 'DAYS')];
    const firstIndex = first === undefined ? 0 : Math.max(0, Math.floor((Date.parse(first) - from) / step));
    const end = last === undefined ? to : Math.min(to, Date.parse(last) + unitMs.DAYS - 1);
    return Math.max(0, Math.floor((end - from) / step) - firstIndex + 1);
  },
};

const dayMs = 86_400_000;

/** A month and a year have their mean length: the number of partitions is an estimate there. */
const unitMs: { readonly [Unit in ProjectionUnit]: number } = {
  YEARS: 365.2425 * dayMs,
  MONTHS: 30.436_875 * dayMs,
  WEEKS: 7 * dayMs,
  DAYS: dayMs,
  HOURS: 3_600_000,
  MINUTES: 60_000,
  SECONDS: 1000,
  MILLIS: 1,
};
