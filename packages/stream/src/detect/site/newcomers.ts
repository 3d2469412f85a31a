import { mostMembers } from '../detector.ts';
import type { Judgement } from './judgement.ts';

/** Newcomers of a span of time, and whether they behave as people do. */
export interface NewcomerCrowd {
  /** Fewer of them stayed than of people, hardly any shopped, no more stay than usual, and they did not come for one product. */
  readonly isUnlikePeople: boolean;
  readonly members: readonly string[];
}

/** A crowd that is too large. */
export interface TooManyNewcomers {
  readonly kind: 'distributed-flood' | 'slow-ramp';
  /** When it began, in milliseconds since 1970. */
  readonly start: number;
  /** Newcomers since then, and the most that are usual in that time. */
  readonly newcomers: number;
  readonly expected: number;
}

/** What a crowd of people is known by, as parts of what is usual. */
export interface PeopleParameters {
  /** Newcomers who stayed, as a part of the usual share, up to which a crowd may be one of bots. */
  readonly stayed: number;
  /** Those who stayed beyond the usual number, as a part of the usual share of a crowd, from which it has people in it. */
  readonly joined: number;
}

/** Minutes that newcomers have to show that they stay: half of the people have seen a fourth row by then. */
const settling = 5;
/** Standard deviations that chance is given before a share is too small. */
const deviations = 3;
/** Standard deviations beyond which those who stay are more than usual: an honest crowd is not to wait for more. */
const deviationsOfMore = 2;

/** Milliseconds in which members and products are known. */
const detailed = 3_600_000;
/** The part of a crowd that begins with one product, from which the product is judged instead, as a click flood. */
const mostOfOneProduct = 0.5;
/** The hours before a crowd by which a day is found to be busier than others, and how much busier it is believed to be. */
const levelTime = 3 * 3_600_000;
const mostLevel = 2;

/**
 * Looks at the newcomers since `from`: do they stay, and shop, as those of earlier days? What came in the last minutes had no time to
 * show it. A crowd that a sale or a newsletter brings has the usual shares, whatever its size. One of an advertisement may have many who
 * leave at once, so that the shares are small, but the number of those who stay rises with it; a flood adds none of them.
 */
export function crowdSince(judgement: Judgement, from: number, people: PeopleParameters): NewcomerCrowd {
  const { recent, end, baseline, parameters } = judgement;
  const { newcomers } = recent.sum(from, end - settling * 60_000);
  const seen = recent.sum(from, end);
  const usuallyStayed = partOf(
    baseline.total('stayed'),
    baseline.total('newcomers'),
    parameters.band.coldStayed,
  );
  const usuallyShopping = partOf(baseline.total('shopping'), baseline.total('newcomers'), 0);
  return {
    isUnlikePeople:
      isFewer(seen.stayed, newcomers, usuallyStayed, people.stayed) &&
      seen.shopping <= Math.max(people.stayed * usuallyShopping * newcomers, 3) &&
      !isMore(judgement, from, newcomers, seen.stayed, people.joined * usuallyStayed) &&
      partOfOneProduct(judgement, from) < mostOfOneProduct,
    members: membersSince(judgement, from),
  };
}

/** Reports a crowd, up to the minute that is judged. */
export function reportCrowd(
  { end, site, evidence, report }: Judgement,
  { members }: NewcomerCrowd,
  { kind, start, newcomers, expected }: TooManyNewcomers,
): void {
  report({
    kind,
    subjectType: 'site',
    subject: site,
    start,
    end,
    seen: newcomers,
    expected: Math.round(expected),
    score: Math.round((newcomers / Math.max(expected, 1)) * 100) / 100,
    severity: 'critical',
    eventType: null,
    rows: evidence(),
    actors: members,
  });
}

/** Whether more newcomers stayed than at this time of other days, by more than chance, and by a part of those who are too many. */
function isMore(
  judgement: Judgement,
  from: number,
  newcomers: number,
  stayed: number,
  part: number,
): boolean {
  const level = levelBefore(judgement, from);
  const minutes = (judgement.end - from) / 60_000;
  const usual = (name: 'newcomers' | 'stayed'): number => (judgement.usual(name)?.middle ?? 0) * level;
  const expected = usual('stayed') * minutes;
  const more = stayed - expected;
  const tooMany = newcomers - usual('newcomers') * (minutes - settling);
  return more > deviationsOfMore * Math.sqrt(expected) && more >= part * tooMany;
}

/** How busy the day was before, as a part of the usual: at least 1. On a busy day more people stay, flood or not. */
function levelBefore({ recent }: Judgement, from: number): number {
  let seen = 0;
  let expected = 0;
  for (const { summary, usualVisits, isUnusual } of recent.between(from - levelTime, from)) {
    if (isUnusual) continue;
    seen += summary.visits;
    expected += usualVisits;
  }
  return expected > 0 ? Math.min(mostLevel, Math.max(1, seen / expected)) : 1;
}

const partOf = (some: number, all: number, otherwise: number): number =>
  all >= 100 ? some / all : otherwise;

function isFewer(some: number, all: number, usual: number, most: number): boolean {
  const expected = all * usual;
  return some < expected * most && some < expected - deviations * Math.sqrt(expected * (1 - usual));
}

/** The part of the visits beyond the usual ones that began with the product with which most began. */
function partOfOneProduct(judgement: Judgement, from: number): number {
  const { recent, end } = judgement;
  const minutes = recent.between(Math.max(from, end - detailed), end).map(({ summary }) => summary);
  const visits = minutes.reduce((sum, minute) => sum + minute.visits, 0);
  const usually = (judgement.usual('visits')?.middle ?? 0) * levelBefore(judgement, from);
  const tooMany = visits - usually * minutes.length;
  const landed = new Map<string, number>();
  for (const { products } of minutes)
    for (const one of products) landed.set(one.item, (landed.get(one.item) ?? 0) + one.landed);
  return Math.max(0, ...landed.values()) / Math.max(1, tooMany);
}

/** The names of newcomers, the latest first. */
function membersSince({ recent, end }: Judgement, from: number): string[] {
  const members = new Set<string>();
  for (const { summary } of recent.between(Math.max(from, end - detailed), end).reverse())
    for (const member of summary.members) if (members.size < mostMembers) members.add(member);
  return [...members];
}
