import type { Judgement, KindJudge, KindWords } from './judgement.ts';
import { crowdSince, reportCrowd } from './newcomers.ts';

/** What the figures of `distributed-flood` mean. */
export const distributedFloodWords: KindWords = {
  seen: 'visits of clients that were never seen before, in the window',
  expected: 'the most that are usual at this time of day, or came in the hour before',
  why: 'new clients are many times the usual, and neither stay nor shop',
};

/**
 * Newcomers of a few minutes are many times those of the same time of earlier days, and of the hour before; and they neither stay nor
 * shop as people do. Before there is a band, an absolute number stands for it.
 */
export function createDistributedFloodJudge(): KindJudge {
  return {
    judge(judgement) {
      const { recent, end, parameters, isWarm } = judgement;
      if (judgement.isOpen('slow-ramp')) return;
      const { window, times, least } = parameters.distributedFlood;
      const start = end - window * 60_000;
      const { newcomers } = recent.sum(start, end);
      const usual = usualNewcomers(judgement);
      if (usual === undefined || newcomers < usual * window + least) return;
      const expected = Math.max(usual, isWarm ? newcomersBefore(judgement) : 0) * window;
      if (isWarm && newcomers < times * expected) return;
      const from = start - window * 60_000;
      const crowd = crowdSince(judgement, from, parameters.distributedFlood);
      if (!crowd.isUnlikePeople) return;
      judgement.markUnusual(from);
      reportCrowd(judgement, crowd, { kind: 'distributed-flood', start, newcomers, expected });
    },
    snapshot: () => null,
  };
}

/** Newcomers a minute on other days. */
function usualNewcomers({ parameters, isWarm, usual }: Judgement): number | undefined {
  return isWarm ? usual('newcomers')?.high : parameters.band.coldNewcomers;
}

/** Newcomers a minute in the hour before the window, without those of floods. */
function newcomersBefore({ recent, end, parameters }: Judgement): number {
  const to = end - parameters.distributedFlood.window * 60_000;
  const minutes = recent.between(to - 3_600_000, to).filter(({ isUnusual }) => !isUnusual);
  return minutes.reduce((sum, { summary }) => sum + summary.newcomers, 0) / Math.max(1, minutes.length);
}
