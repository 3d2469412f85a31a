/**
 * How one partition key is projected (https://docs.aws.amazon.com/athena/latest/ug/partition-projection-supported-types.html).
 * Its type determines the values in paths; the catalogue has the key's own type.
 */
export type Projection =
  | {
      readonly type: 'date';
      /** A pattern of Java's DateTimeFormatter, such as `yyyy-MM-dd`. */
      readonly format: string;
      /** First and last, inclusive: a text in `format`, or `NOW`, `NOW-3YEARS`, `NOW+1DAYS`. NOW is UTC. */
      readonly range: readonly [first: string, last: string];
      /** May be omitted together with `unit` if the format ends at days or months. Defaults to one of those. */
      readonly interval?: number;
      readonly unit?: ProjectionUnit;
    }
  | {
      readonly type: 'integer';
      /** First and last, inclusive. */
      readonly range: readonly [first: number | bigint, last: number | bigint];
      readonly interval?: number;
      /** The width to which numbers are padded with zeros. */
      readonly digits?: number;
    }
  | { readonly type: 'enum'; readonly values: readonly string[] }
  /** Nothing is computed: every query must name the values that it reads. */
  | { readonly type: 'injected' };

/**
 * Units of a date projection's interval. Trino supports only days, hours, minutes and seconds. They are the names of Java's
 * `ChronoUnit`, which has `MILLIS` and no `MILLISECONDS`
 * (https://docs.oracle.com/javase/8/docs/api/java/time/temporal/ChronoUnit.html).
 */
export const projectionUnits = [
  'YEARS',
  'MONTHS',
  'WEEKS',
  'DAYS',
  'HOURS',
  'MINUTES',
  'SECONDS',
  'MILLIS',
] as const;

/** One of {@link projectionUnits}. */
export type ProjectionUnit = (typeof projectionUnits)[number];

type Texts = Readonly<Record<string, string | undefined>>;
type Renderers = {
  readonly [Type in Projection['type']]: (projection: Extract<Projection, { type: Type }>) => Texts;
};

const textOf = (value: number | undefined): string | undefined =>
  value === undefined ? value : String(value);

const renderers: Renderers = {
  date: ({ format, range, interval, unit }) => ({
    format,
    range: range.join(','),
    interval: textOf(interval),
    'interval.unit': unit,
  }),
  integer: ({ range, interval, digits }) => ({
    range: range.join(','),
    interval: textOf(interval),
    digits: textOf(digits),
  }),
  enum: ({ values }) => ({ values: values.join(',') }),
  injected: () => ({}),
};

/**
 * The table parameters that project one partition key.
 * @example projectionParameters('hour', { type: 'integer', range: [0, 23], digits: 2 })
 * // { 'projection.hour.type': 'integer', 'projection.hour.range': '0,23', 'projection.hour.digits': '2' }
 */
export function projectionParameters(key: string, projection: Projection): Record<string, string> {
  const render = renderers[projection.type] as (projection: Projection) => Texts;
  const texts = Object.entries({ type: projection.type, ...render(projection) });
  return Object.fromEntries(
    texts.flatMap(([name, value]) => (value === undefined ? [] : [[`projection.${key}.${name}`, value]])),
  );
}
