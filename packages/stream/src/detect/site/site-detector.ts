import type { DetectorDefinition } from '../detector.ts';
import { createMinuteCounter, type MinuteCounterState } from './minute-counter.ts';
import { defaultSiteParameters, type SiteParameters, siteParameterRanges } from './parameters.ts';
import { createSiteJudge, type SiteJudgeState } from './site-judge.ts';
import { siteKindNames } from './site-kinds.ts';

interface SiteDetectorState {
  readonly counter: MinuteCounterState;
  readonly judge: SiteJudgeState;
}

/** Finds floods and outages of the shop, and floods of a product: it counts minutes, and judges them by earlier days. */
export const siteDetector: DetectorDefinition<SiteParameters> = {
  kinds: siteKindNames,
  needs: { roles: ['actor'], actions: [] },
  defaults: defaultSiteParameters,
  ranges: siteParameterRanges,
  create(shop, parameters, state) {
    const before = state as SiteDetectorState | undefined;
    const counter = createMinuteCounter(parameters.counting, before?.counter);
    const judge = createSiteJudge(shop, parameters, before?.judge);
    return {
      observe: (event) => counter.observe(event),
      endMinute: (end, report) => judge.judge(counter.take(end - 60_000), report, counter.evidence),
      snapshot: (share): SiteDetectorState => ({ counter: counter.snapshot(share), judge: judge.snapshot() }),
    };
  },
};
