import { type CumulativeSumState, createCumulativeSum } from './cumulative-sum.ts';
import type { KindJudge, KindWords } from './judgement.ts';
import { crowdSince, reportCrowd } from './newcomers.ts';

/** Newcomers a minute that are usual at least: of nearly none, a few more are no sign. */
const leastRate = 0.05;

/** What the figures of `slow-ramp` mean. */
export const slowRampWords: KindWords = {
  seen: 'visits of clients that were never seen before, since they became too many',
  expected: 'the most that are usual in that time, by earlier days',
  why: 'new clients are more with every hour, and neither stay nor shop',
};

/**
 * Newcomers that become more for hours: each minute looks like the one before, so they are compared with the same time of earlier days,
 * and the cumulative sum collects what each minute has too many. As for a distributed flood, they must not behave as people do.
 */
export function createSlowRampJudge(limit: number, state?: unknown): KindJudge {
  const sum = createCumulativeSum(limit, state as CumulativeSumState | undefined);
  return {
    judge(judgement) {
      const { summary, recent, end, parameters, isWarm } = judgement;
      const { slack, times, least, leastNewcomers } = parameters.slowRamp;
      const rate = judgement.usual('newcomers');
      if (!isWarm || rate === undefined) return sum.reset();
      const usual = Math.max(rate.high, leastRate);
      sum.add(summary.start, summary.newcomers, usual * slack, usual * times);
      if (sum.sum < limit) return;
      judgement.markUnusual(sum.since);
      const minutes = (end - sum.since) / 60_000;
      if (minutes < least) return;
      const start = Math.max(sum.since, end - parameters.band.hold * 3_600_000);
      const { newcomers } = recent.sum(start, end);
      const expected = usual * ((end - start) / 60_000);
      const crowd = crowdSince(judgement, start, parameters.slowRamp);
      if (newcomers < expected + leastNewcomers || !crowd.isUnlikePeople) return;
      // It began before it could be told: that is not learned from either.
      judgement.markUnusual(start - (end - start));
      // A ramp that began with a jump is one incident, which goes on.
      const kind = judgement.isOpen('distributed-flood') ? 'distributed-flood' : 'slow-ramp';
      reportCrowd(judgement, crowd, { kind, start, newcomers, expected });
    },
    snapshot: () => sum.snapshot(),
  };
}
