import { type CumulativeSumState, createCumulativeSum } from './cumulative-sum.ts';
import type { Judgement, KindJudge, KindWords } from './judgement.ts';

/** Visits a minute below which nothing can be said: of nearly none, none is no sign. */
const leastRate = 0.2;

interface OutageState {
  readonly sum: CumulativeSumState;
  readonly level: number;
}

/** What the figures of `outage` mean. */
export const outageWords: KindWords = {
  seen: 'visits since they became too few, in the last hour at most',
  expected: 'the least that are usual in that time, by earlier days',
  why: 'chance does not explain so few visits, and the hours before were not that quiet',
};

/** Far fewer visits than at the same time of earlier days, for longer than chance explains. It ends when visits are back. */
export function createOutageJudge(limit: number, state?: unknown): KindJudge {
  const before = state as OutageState | undefined;
  const sum = createCumulativeSum(limit, before?.sum);
  /** How busy the day is as a whole. It changes slowly. */
  let level = before?.level ?? 1;
  return {
    judge(judgement) {
      const { summary, recent, end, parameters, isWarm, site, report } = judgement;
      const { slack, part, least } = parameters.outage;
      const rate = judgement.usual('visits');
      if (!isWarm || rate === undefined) return sum.reset();
      if (end % levelEvery === 0) level = levelOf(judgement);
      const low = rate.days < fewDays ? Math.min(rate.low, latelyVisits(judgement)) : rate.low;
      const usual = low * level;
      if (usual < leastRate) return sum.reset();
      sum.add(summary.start, summary.visits, usual * slack, usual * part);
      const minutes = (end - sum.since) / 60_000;
      if (sum.sum < limit || minutes < least) return;
      judgement.markUnusual(sum.since);
      const start = Math.max(sum.since, end - 3_600_000);
      const { visits } = recent.sum(start, end);
      const expected = usual * ((end - start) / 60_000);
      report({
        kind: 'outage',
        subjectType: 'site',
        subject: site,
        start,
        end,
        seen: visits,
        expected: Math.round(expected),
        score: Math.round((1 + Math.max(0, expected - visits) / expected) * 100) / 100,
        severity: 'critical',
        eventType: null,
        rows: judgement.evidence(),
        actors: [],
      });
    },
    snapshot: (): OutageState => ({ sum: sum.snapshot(), level }),
  };
}

/** Earlier days of which one may be a sale without being found out. */
const fewDays = 3;
/** Milliseconds after which the level is worked out again. */
const levelEvery = 300_000;
/** The hours by which a day is found to be quieter than others as a whole. */
const levelTime = 3 * 3_600_000;
/** The last half hour is not among them: it may be part of the outage. */
const lately = 1_800_000;
/** Visits that must have been usual in these hours for a level. */
const leastExpected = 20;
/** A level is not believed to be lower than this. */
const leastLevel = 0.4;

/** How busy the hours before were, as a part of the usual: at most 1, so that a weekend or a holiday is no outage. */
function levelOf({ recent, end }: Judgement): number {
  let seen = 0;
  let expected = 0;
  for (const { summary, usualVisits, isUnusual } of recent.between(end - lately - levelTime, end - lately)) {
    if (isUnusual || usualVisits === 0) continue;
    seen += summary.visits;
    expected += usualVisits;
  }
  return expected >= leastExpected ? Math.min(1, Math.max(leastLevel, seen / expected)) : 1;
}

/** Visits a minute in the same hours. The usual ones of one or two days may be those of a sale, which is missed on the day after. */
function latelyVisits({ recent, end }: Judgement): number {
  const { visits } = recent.sum(end - lately - levelTime, end - lately);
  return visits / (levelTime / 60_000);
}
