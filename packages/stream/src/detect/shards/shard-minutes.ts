import type { EventRow } from '../../record/event-identity.ts';
import type { DetectorDefinition } from '../detector.ts';
import { createMinuteCounter, type MinuteCounter, type MinuteCounterState } from '../site/minute-counter.ts';
import type { MinuteSummary } from '../site/minute-summary.ts';
import type { SiteParameters } from '../site/parameters.ts';
import { siteDetector } from '../site/site-detector.ts';

/** The half of the site's detector that runs in each shard: it counts minutes, and does not judge them. */
export interface ShardMinutes {
  readonly definition: DetectorDefinition<SiteParameters>;
  /** Takes the minutes that have ended since the last call. */
  take(): readonly MinuteSummary[];
  /** Rows of the last of them. */
  evidence(item?: string): readonly EventRow[];
}

/** Creates it for the detection of one shard. */
export function createShardMinutes(): ShardMinutes {
  let ended: MinuteSummary[] = [];
  let counter: MinuteCounter | undefined;
  return {
    definition: {
      ...siteDetector,
      create(_shop, parameters, state) {
        const own = createMinuteCounter(parameters.counting, state as MinuteCounterState | undefined);
        counter = own;
        return {
          observe: (event) => own.observe(event),
          endMinute: (end) => void ended.push(own.take(end - 60_000)),
          snapshot: (share) => own.snapshot(share),
        };
      },
    },
    take() {
      const taken = ended;
      ended = [];
      return taken;
    },
    evidence: (item) => counter?.evidence(item) ?? [],
  };
}
