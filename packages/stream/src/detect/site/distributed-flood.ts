import type { Judgement, KindJudge } from './judgement.ts';
import { crowdSince } from './newcomers.ts';

/**
 * Newcomers of a few minutes are many times those of the same time of earlier days, and of the hour before; and they neither stay nor
 * shop as people do. Before there is a band, an absolute number stands for it.
 */
export function createDistributedFloodJudge(): KindJudge {
  return {
    judge(judgement) {
      const { recent, end, parameters, isWarm, site, report } = judgement;
      if (judgement.isOpen('slow-ramp')) return;
      const { window, times, least, stayed } = parameters.distributedFlood;
      const start = end - window * 60_000;
      const { newcomers } = recent.sum(start, end);
      const expected = expectedNewcomers(judgement, window);
      if (expected === undefined || newcomers < expected + least) return;
      if (newcomers < (isWarm ? times : 1) * expected) return;
      const from = start - window * 60_000;
      const crowd = crowdSince(judgement, from, stayed);
      if (!crowd.isUnlikePeople) return;
      judgement.markUnusual(from);
      report({
        kind: 'distributed-flood',
        subjectType: 'site',
        subject: site,
        start,
        end,
        seen: newcomers,
        expected: Math.round(expected),
        score: Math.round((newcomers / Math.max(expected, 1)) * 100) / 100,
        severity: 'critical',
        eventType: null,
        rows: judgement.evidence(),
        actors: crowd.members,
      });
    },
    snapshot: () => null,
  };
}

function expectedNewcomers(
  { recent, end, parameters, isWarm, usual }: Judgement,
  window: number,
): number | undefined {
  if (!isWarm) return parameters.band.coldNewcomers * window;
  const rate = usual('newcomers');
  if (rate === undefined) return undefined;
  const hour = recent
    .between(end - (60 + window) * 60_000, end - window * 60_000)
    .filter(({ isUnusual }) => !isUnusual);
  const before = hour.reduce((sum, { summary }) => sum + summary.newcomers, 0) / Math.max(1, hour.length);
  return Math.max(rate.high, before) * window;
}
