import type { Breach } from '../../../src/alerts/finding.ts';
import { emptyMinute, type MinuteSummary } from '../../../src/detect/site/minute-summary.ts';
import { defaultSiteParameters, type SiteParameters } from '../../../src/detect/site/parameters.ts';
import type { ProductCount } from '../../../src/detect/site/product-count.ts';
import { createSiteJudge, type SiteJudge, type SiteJudgeState } from '../../../src/detect/site/site-judge.ts';

/** Monday of an invented week, at midnight in UTC. */
export const monday = Date.UTC(2026, 2, 2);
export const minutes = (count: number): number => count * 60_000;
export const hours = (count: number): number => count * 3_600_000;
export const days = (count: number): number => count * 86_400_000;

/** What a detector reports. */
export type Reported = Omit<Breach, 'finding' | 'time'>;

/** Numbers that are added to an ordinary minute, or all of them replaced. */
export type Change = (ordinary: MinuteSummary) => Partial<MinuteSummary>;

/** An ordinary minute of a shop with so many visits a minute: a third are newcomers, of whom four in ten stay and one in twelve shops. */
export function ordinaryMinute(start: number, visits: number): MinuteSummary {
  // Counts of neighbouring minutes differ, and their mean is exact.
  const place = start / 60_000;
  const count = (rate: number): number => Math.floor((place + 1) * rate) - Math.floor(place * rate);
  return {
    ...emptyMinute(start),
    visits: count(visits),
    newcomers: count(visits / 3),
    stayed: count(visits / 7.5),
    shopping: count(visits / 36),
    rows: count(visits * 4.5),
    views: count(visits * 4.3),
    bought: count(visits * 0.17),
  };
}

/** People of whom so many are newcomers: they stay and shop as those of other days. */
export const people = (visits: number, newcomers: number): Partial<Record<keyof MinuteSummary, number>> => ({
  visits,
  newcomers,
  stayed: Math.round(newcomers * 0.4),
  shopping: Math.round(newcomers / 12),
  rows: Math.round(visits * 4.5),
  views: Math.round(visits * 4.3),
  bought: Math.round(visits * 0.17),
});

/** One-row visits of clients that were never seen. */
export const bots = (visits: number): Partial<Record<keyof MinuteSummary, number>> => ({
  visits,
  newcomers: visits,
  rows: visits,
  views: visits,
});

/** Adds numbers to a minute. */
export const plus =
  (numbers: Partial<Record<keyof MinuteSummary, number>>): Change =>
  (ordinary) =>
    Object.fromEntries(
      Object.entries(numbers).map(([name, number]) => [name, number + Number(ordinary[name as 'rows'])]),
    );

/** Counts of a product. */
export const product = (item: string, counts: Partial<ProductCount>): ProductCount => ({
  item,
  views: 0,
  alone: 0,
  lead: 0,
  landed: 0,
  wentOn: 0,
  bought: 0,
  members: ['1', '2', '3', '4'],
  ...counts,
});

/** Judges minutes of a shop, ordinary ones but for the changes. */
export function shopOf(
  options: {
    readonly zone?: string;
    /** Visits a minute at a time. Defaults to 12. */
    readonly visits?: (start: number) => number;
    readonly parameters?: SiteParameters;
    readonly start?: number;
    readonly state?: SiteJudgeState;
  } = {},
): {
  /** Passes so much time, with a change of each minute, and gives what was reported. */
  pass(time: number, change?: Change): Reported[];
  readonly judge: SiteJudge;
  readonly now: () => number;
} {
  const {
    zone = 'UTC',
    visits = () => 12,
    parameters = defaultSiteParameters,
    start = monday,
    state,
  } = options;
  const judge = createSiteJudge({ site: 'shop', zone }, parameters, state);
  let now = start;
  return {
    judge,
    now: () => now,
    pass(time, change = () => ({})) {
      const reported: Reported[] = [];
      for (const end = now + time; now < end; now += 60_000) {
        const ordinary = ordinaryMinute(now, visits(now));
        judge.judge({ ...ordinary, ...change(ordinary) }, (breach) => reported.push(breach));
      }
      return reported;
    },
  };
}

/** The kinds that were reported, each once, with what they are about. */
export const kindsOf = (reported: readonly Reported[]): string[] => [
  ...new Set(reported.map(({ kind, subject }) => `${kind} of ${subject}`)),
];
