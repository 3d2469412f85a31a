/** The grains that a rollup can have. Weeks, months and whole ranges are sums of days. */
export const rollupGrains = ['hour', 'day'] as const;

/** One of {@link rollupGrains}. */
export type RollupGrain = (typeof rollupGrains)[number];

/**
 * What is stored of a metric by day, besides its own answers:
 *
 * - `groups`: the groups of a ranking, before it is sorted and cut off. Their sums over days are ranked as the events would be.
 * - `keys`: the distinct keys of a measure, such as the actors who visited, of each group. Their union over days is counted exactly.
 * - `sketch`: the registers of a HyperLogLog of those keys. Their maxima over days estimate the count, with a known error.
 */
export const rollupKinds = ['groups', 'keys', 'sketch'] as const;

/** One of {@link rollupKinds}. */
export type RollupKind = (typeof rollupKinds)[number];

/**
 * Answers of a metric that are computed in advance: one for each grain and each break-down that is named.
 *
 * @example { metric: 'cart-abandonment', grains: ['day', 'hour'], by: ['none', 'category'] }
 * @example { metric: 'daily-visitors', grains: ['day'], keys: true } // visitors of a week, a month or any range, exactly
 */
export interface RollupConfig<Metric extends string = string, Table extends string = string> {
  /** The metric's name, one that ships or one of the project. */
  readonly metric: Metric;
  readonly grains: readonly RollupGrain[];
  /** Break-downs or columns, as the parameter `by` takes them; `none` is the answer that is not broken down. Defaults to `none`. */
  readonly by?: readonly string[];
  /**
   * Whether the distinct keys of its measures are stored by day as well, so that distinct counts of longer periods are exact. They are
   * kept where they are at most a tenth of the events. Keys of actors are as personal as the events' own. Defaults to false.
   */
  readonly keys?: boolean;
  /**
   * Whether a sketch of those keys is stored by day as well. It answers questions that say `approximate`, with a standard error of 1.6 %, and
   * holds no key. Defaults to false.
   */
  readonly sketch?: boolean;
  /** The table of the project. Defaults to the first one. */
  readonly table?: Table;
}

/**
 * What is wrong with the rollups of a config, in words that begin with the field; undefined when nothing is. Checks plain JavaScript too.
 * Whether the metric exists, and can be answered from days, is checked by what knows metrics.
 */
export function rollupsProblem(given: unknown, tables: readonly string[]): string | undefined {
  if (given === undefined) return undefined;
  if (!Array.isArray(given))
    return "`rollups` must be a list, such as [{ metric: 'revenue', grains: ['day'] }]";
  const seen = new Set<string>();
  for (const [index, one] of given.entries()) {
    const at = `\`rollups[${index}]`;
    const problem = rollupProblem(one, at, tables);
    if (problem !== undefined) return problem;
    const { metric, grains, by = ['none'], table = tables[0] } = one as RollupConfig;
    for (const key of grains.flatMap((grain) => by.map((part) => `${table} ${metric} ${grain} ${part}`))) {
      if (seen.has(key)) return `${at}\` names ${key.split(' ').slice(1).join(', ')} a second time`;
      seen.add(key);
    }
  }
  return undefined;
}

const fields: ReadonlySet<string> = new Set(['metric', 'grains', 'by', 'keys', 'sketch', 'table']);

function rollupProblem(given: unknown, at: string, tables: readonly string[]): string | undefined {
  if (typeof given !== 'object' || given === null || Array.isArray(given))
    return `${at}\` must be an object: { metric, grains, by }`;
  const { metric, grains, by, keys, sketch, table } = given as Readonly<Record<string, unknown>>;
  const other = Object.keys(given).find((name) => !fields.has(name));
  if (other !== undefined) return `${at}.${other}\` is no field of a rollup: ${[...fields].join(', ')}`;
  if (typeof metric !== 'string' || metric === '') return `${at}.metric\` must be the name of a metric`;
  if (!Array.isArray(grains) || grains.length === 0 || !grains.every(isGrain))
    return `${at}.grains\` must list some of ${rollupGrains.join(', ')}; longer periods are sums of days`;
  const isName = (one: unknown): boolean => typeof one === 'string' && one !== '';
  if (by !== undefined && !(Array.isArray(by) && by.length > 0 && by.every(isName)))
    return `${at}.by\` must list break-downs, such as ['none', 'category']`;
  for (const [field, value] of Object.entries({ keys, sketch })) {
    if (value !== undefined && typeof value !== 'boolean') return `${at}.${field}\` must be true or false`;
    if (value === true && !grains.includes('day'))
      return `${at}.${field}\` needs the grain day: what is distinct is stored by day`;
  }
  if (table !== undefined && !tables.some((name) => name === table))
    return `${at}.table\` is ${String(table)}, which is no table of the config: ${tables.join(', ')}`;
  return undefined;
}

const isGrain = (one: unknown): one is RollupGrain => rollupGrains.some((grain) => grain === one);
