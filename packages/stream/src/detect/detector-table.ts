import { actorDetector } from './actors/actor-detector.ts';
import { campaignDetector } from './campaigns/campaign-detector.ts';
import type { DetectorDefinition } from './detector.ts';
import { siteDetector } from './site/site-detector.ts';

/** The detectors. A further one is a folder and an entry here. */
export const detectorTable = {
  actors: actorDetector,
  campaigns: campaignDetector,
  site: siteDetector,
} as const satisfies Readonly<Record<string, DetectorDefinition<object>>>;
