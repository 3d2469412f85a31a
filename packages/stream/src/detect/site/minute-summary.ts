import { addProducts, type ProductCount } from './product-count.ts';

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
  /** Newcomers, of this or an earlier minute, whose visit became longer than a short one, in rows and in time. */
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
    products: addProducts(shards, most),
  };
}
