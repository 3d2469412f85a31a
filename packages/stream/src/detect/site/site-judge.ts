import type { EventRow } from '../../record/event-identity.ts';
import type { DetectorShop, Report } from '../detector.ts';
import { type BaselineState, createBaseline } from './baseline.ts';
import { createClickFloodJudge } from './click-flood.ts';
import { createDistributedFloodJudge } from './distributed-flood.ts';
import type { Judgement, KindJudge } from './judgement.ts';
import { createLocalClock } from './local-clock.ts';
import type { MinuteSummary } from './minute-summary.ts';
import { createOutageJudge } from './outage.ts';
import type { SiteParameters } from './parameters.ts';
import { createRecentMinutes, type RecentMinute, type RecentMinutesState } from './recent-minutes.ts';
import type { SiteKindName } from './site-kinds.ts';
import { createSlowRampJudge } from './slow-ramp.ts';

/** Where the judge stands, as plain data that survives JSON. */
export interface SiteJudgeState {
  readonly first: number | null;
  readonly usualAt: number | null;
  readonly recent: RecentMinutesState;
  readonly baseline: BaselineState;
  readonly kinds: Readonly<Record<string, unknown>>;
  /** The end of the last window that was reported, by kind. */
  readonly reported: Readonly<Record<string, number>>;
}

/** Milliseconds after a report in which its incident is taken for open. */
const openFor = 2_700_000;

/** Judges minutes of the whole shop: the second half of the detector of the site. */
export interface SiteJudge {
  /**
   * Judges a minute, which must be complete. Minutes come in the order of time, those without rows too.
   *
   * @param evidence gives rows of the minute: of newcomers, or of a product
   */
  judge(summary: MinuteSummary, report: Report, evidence?: (item?: string) => readonly EventRow[]): void;
  snapshot(): SiteJudgeState;
}

/** Makes a judge of the summed minutes of a shop. It has no clock and does no I/O. */
export function createSiteJudge(
  { site, zone }: Pick<DetectorShop, 'site' | 'zone'>,
  parameters: SiteParameters,
  state?: SiteJudgeState,
): SiteJudge {
  const { band } = parameters;
  const clock = createLocalClock(zone);
  const recent = createRecentMinutes(band.hold * 60, state?.recent);
  const baseline = createBaseline(band, state?.baseline);
  const reported = new Map<string, number>(Object.entries(state?.reported ?? {}));
  let first = state?.first ?? undefined;
  /** The last minute that was learned. */
  let usualAt = state?.usualAt ?? undefined;
  const kinds: Readonly<Record<SiteKindName, KindJudge>> = {
    'click-flood': createClickFloodJudge(parameters.clickFlood.knownProducts, state?.kinds['click-flood']),
    'distributed-flood': createDistributedFloodJudge(),
    'slow-ramp': createSlowRampJudge(parameters.slowRamp.limit, state?.kinds['slow-ramp']),
    outage: createOutageJudge(parameters.outage.limit, state?.kinds['outage']),
  };

  const learn = ({ summary, isUnusual }: RecentMinute): void => {
    usualAt ??= summary.start;
    if (summary.start - usualAt > band.relearnAfter * 86_400_000) {
      // What was unusual for so long is the new level: earlier days are no measure of it.
      baseline.clear();
      first = summary.start;
    } else if (isUnusual) return;
    usualAt = summary.start;
    baseline.learn(clock(summary.start), summary);
  };

  return {
    judge(summary, report, evidence = () => []) {
      first ??= summary.start;
      const end = summary.start + 60_000;
      const at = clock(summary.start);
      for (const minute of recent.add(summary, baseline.usual(at, 'visits')?.middle ?? 0)) learn(minute);
      const judgement: Judgement = {
        summary,
        end,
        at,
        recent,
        baseline,
        parameters,
        isWarm: end - first >= band.coldStart * 3_600_000,
        site,
        usual: (name) => baseline.usual(at, name),
        markUnusual(from) {
          for (const minute of recent.between(from, end)) minute.isUnusual = true;
        },
        isOpen: (kind) => (reported.get(kind) ?? Number.NEGATIVE_INFINITY) > end - openFor,
        evidence,
        report(breach) {
          reported.set(breach.kind, breach.end);
          report(breach);
        },
      };
      for (const kind of Object.values(kinds)) kind.judge(judgement);
    },
    snapshot: () => ({
      first: first ?? null,
      usualAt: usualAt ?? null,
      recent: recent.snapshot(),
      baseline: baseline.snapshot(),
      kinds: Object.fromEntries(Object.entries(kinds).map(([name, kind]) => [name, kind.snapshot()])),
      reported: Object.fromEntries(reported),
    }),
  };
}
