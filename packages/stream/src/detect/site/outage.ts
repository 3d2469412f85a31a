import { type CumulativeSumState, createCumulativeSum } from './cumulative-sum.ts';
import type { Judgement, KindJudge } from './judgement.ts';

/** Visits a minute below which nothing can be said: of nearly none, none is no sign. */
const leastRate = 0.2;

interface OutageState {
  readonly sum: CumulativeSumState;
  readonly level: number;
}

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
      const usual = rate.low * level;
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
  const to = end - lately;
  let seen = 0;
  let expected = 0;
  for (const { summary, usualVisits, isUnusual } of recent.between(to - levelTime, to)) {
    if (isUnusual || usualVisits === 0) continue;
    seen += summary.visits;
    expected += usualVisits;
  }
  return expected >= leastExpected ? Math.min(1, Math.max(leastLevel, seen / expected)) : 1;
}
