/** What happened to a product within a minute. */
export interface ProductCount {
  readonly item: string;
  readonly views: number;
  /** Views of visits that had looked at nothing else until then. */
  readonly alone: number;
  /** By how many the views of one visit, if it has more than half of them, are more than those of all others: Boyer and Moore's vote. */
  readonly lead: number;
  /** Visits that began with it. */
  readonly landed: number;
  /** Visits that began with it, at any time, and looked at another product for the first time. */
  readonly wentOn: number;
  /** Rows that put it into a cart, or bought it. */
  readonly bought: number;
  /** Some of the actors that landed on it. */
  readonly members: readonly string[];
}

/**
 * What happened in the shop within a minute: small, plain data. Those of several shards can be added up, as long as all rows of an actor
 * are in one shard.
 */
export interface MinuteSummary {
  /** The beginning, in milliseconds since 1970. */
  readonly start: number;
  readonly rows: number;
  readonly views: number;
  /** Rows with a cart or a purchase. */
  readonly bought: number;
  /** Visits that began. */
  readonly visits: number;
  /** Of those, visits of clients that were never seen before. */
  readonly newcomers: number;
  /** Newcomers, of this or an earlier minute, whose visit became longer than a short one. */
  readonly stayed: number;
  /** Newcomers, of this or an earlier minute, who put something into a cart or bought it for the first time in their visit. */
  readonly shopping: number;
  /** Some of the newcomers. */
  readonly members: readonly string[];
  /** The busiest products. */
  readonly products: readonly ProductCount[];
}

/** The numbers of a summary that are added up. */
export const summaryCounts = [
  'rows',
  'views',
  'bought',
  'visits',
  'newcomers',
  'stayed',
  'shopping',
] as const satisfies readonly (keyof MinuteSummary)[];

/** A number of a summary. */
export type SummaryCount = (typeof summaryCounts)[number];

/** The numbers of a minute, or their sums. */
export type Counts = Readonly<Record<SummaryCount, number>>;

/** No rows at all. */
export const emptyMinute = (start: number): MinuteSummary => ({
  start,
  rows: 0,
  views: 0,
  bought: 0,
  visits: 0,
  newcomers: 0,
  stayed: 0,
  shopping: 0,
  members: [],
  products: [],
});

/** Adds numbers up. */
export function addCounts(all: Iterable<Counts>): Counts {
  let [rows, views, bought, visits, newcomers, stayed, shopping] = [0, 0, 0, 0, 0, 0, 0];
  for (const one of all) {
    rows += one.rows;
    views += one.views;
    bought += one.bought;
    visits += one.visits;
    newcomers += one.newcomers;
    stayed += one.stayed;
    shopping += one.shopping;
  }
  return { rows, views, bought, visits, newcomers, stayed, shopping };
}

/** What is left of numbers. */
export const subtractCounts = (from: Counts, less: Counts): Counts => ({
  rows: from.rows - less.rows,
  views: from.views - less.views,
  bought: from.bought - less.bought,
  visits: from.visits - less.visits,
  newcomers: from.newcomers - less.newcomers,
  stayed: from.stayed - less.stayed,
  shopping: from.shopping - less.shopping,
});

/**
 * Adds up what the shards of a stream counted of one minute.
 *
 * @param most members, and members of each product, that are kept
 */
export function addSummaries(start: number, shards: readonly MinuteSummary[], most: number): MinuteSummary {
  return {
    start,
    ...addCounts(shards),
    members: shards.flatMap(({ members }) => members).slice(0, most),
    products: addProducts(
      shards.flatMap(({ products }) => products),
      most,
    ),
  };
}

/** Adds the counts of each product up. */
function addProducts(counts: Iterable<ProductCount>, most: number): ProductCount[] {
  const byItem = new Map<string, ProductCount>();
  for (const count of counts) {
    const there = byItem.get(count.item);
    byItem.set(count.item, there === undefined ? count : addProduct(there, count, most));
  }
  return [...byItem.values()];
}

/** Adds two counts of one product up. */
export const addProduct = (one: ProductCount, other: ProductCount, most: number): ProductCount => ({
  item: one.item,
  views: one.views + other.views,
  alone: one.alone + other.alone,
  lead: one.lead + other.lead,
  landed: one.landed + other.landed,
  wentOn: one.wentOn + other.wentOn,
  bought: one.bought + other.bought,
  members: [...new Set([...one.members, ...other.members])].slice(0, most),
});
