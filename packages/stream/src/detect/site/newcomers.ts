import type { Judgement } from './judgement.ts';

/** Newcomers of a span of time, and whether they behave as people do. */
export interface NewcomerCrowd {
  readonly newcomers: number;
  readonly stayed: number;
  /** The part of them that would have stayed if they were like those of other days. */
  readonly usuallyStayed: number;
  /** Fewer of them stayed than of people, by more than chance, hardly any shopped, and they did not come for a few products. */
  readonly isUnlikePeople: boolean;
  readonly members: readonly string[];
}

/** Minutes that newcomers have to show that they stay: half of the people have seen a fourth row by then. */
const settling = 5;
/** Standard deviations that chance is given. */
const deviations = 3;

/** Milliseconds in which members and products are known. */
const detailed = 3_600_000;
/** The part of all visits that makes a product one of the few that a crowd comes for. */
const leastOfProduct = 0.03;
/** The part of all visits that begin with those. A newsletter's readers do, a flood's visits are spread over the shop. */
const mostOfFewProducts = 0.5;

/**
 * Looks at the newcomers since `from`: do they stay, and shop, as those of earlier days? What came in the last minutes had no time to
 * show it. A crowd that a sale, an advertisement or a newsletter brings has the usual shares, whatever its size.
 *
 * @param most the part of the usual share, up to which it is too small
 */
export function crowdSince(judgement: Judgement, from: number, most: number): NewcomerCrowd {
  const { recent, end, baseline, parameters } = judgement;
  const arrived = recent.sum(from, end - settling * 60_000);
  const seen = recent.sum(from, end);
  const { newcomers } = arrived;
  const usuallyStayed = partOf(
    baseline.total('stayed'),
    baseline.total('newcomers'),
    parameters.band.coldStayed,
  );
  const usuallyShopping = partOf(baseline.total('shopping'), baseline.total('newcomers'), 0);
  return {
    newcomers,
    stayed: seen.stayed,
    usuallyStayed,
    isUnlikePeople:
      isFewer(seen.stayed, newcomers, usuallyStayed, most) &&
      seen.shopping <= Math.max(most * usuallyShopping * newcomers, 3) &&
      partOfFewProducts(judgement, from) < mostOfFewProducts,
    members: membersSince(judgement, from),
  };
}

const partOf = (some: number, all: number, otherwise: number): number =>
  all >= 100 ? some / all : otherwise;

function isFewer(some: number, all: number, usual: number, most: number): boolean {
  const expected = all * usual;
  return some < expected * most && some < expected - deviations * Math.sqrt(expected * (1 - usual));
}

/** The part of the visits that began with one of a few products. A flood of those is one of products, and judged as such. */
function partOfFewProducts({ recent, end }: Judgement, from: number): number {
  const minutes = recent.between(Math.max(from, end - detailed), end).map(({ summary }) => summary);
  const visits = minutes.reduce((sum, minute) => sum + minute.visits, 0);
  const landed = new Map<string, number>();
  for (const { products } of minutes)
    for (const one of products) landed.set(one.item, (landed.get(one.item) ?? 0) + one.landed);
  let few = 0;
  for (const count of landed.values()) if (count >= Math.max(leastOfProduct * visits, 5)) few += count;
  return few / Math.max(1, visits);
}

/** The names of newcomers, the latest first. */
function membersSince({ recent, end }: Judgement, from: number): string[] {
  const members = new Set<string>();
  for (const { summary } of recent.between(Math.max(from, end - detailed), end).reverse())
    for (const member of summary.members) if (members.size < 200) members.add(member);
  return [...members];
}
