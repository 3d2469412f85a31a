import type { Finding } from '../../alerts/finding.ts';
import { createOpenSubjects, type OpenSubjectsState } from '../../alerts/open-subjects.ts';
import type { EventRow } from '../../record/event-identity.ts';
import type { DetectorShop } from '../detector.ts';
import { createFindingGate } from '../finding-gate.ts';
import { addSummaries, type MinuteSummary } from '../site/minute-summary.ts';
import type { SiteParameters } from '../site/parameters.ts';
import { createSiteJudge, type SiteJudgeState } from '../site/site-judge.ts';

/** The minutes that a shard has counted lately. */
export interface CountedMinutes {
  /** The end of the last one, in milliseconds since 1970. */
  readonly until: number;
  /** Whether others wait for it: false for a shard that was not heard of for long, since it is idle or closed. */
  readonly isActive: boolean;
  readonly minutes: readonly MinuteSummary[];
}

/** What a judge works with. Times are in milliseconds. */
export interface MinuteJudgeOptions {
  readonly shop: Pick<DetectorShop, 'site' | 'zone'>;
  readonly parameters: SiteParameters;
  readonly lateness: number;
  readonly quiet: number;
  readonly off: readonly string[];
}

/** Where a judge stands, as plain data that survives JSON. */
export interface MinuteJudgeState {
  /** The end of the last minute that was judged. */
  readonly judged: number;
  readonly judge: SiteJudgeState;
  readonly open: OpenSubjectsState;
}

/** Judges the minutes of all shards of a stream. */
export interface MinuteJudge {
  /**
   * Judges the minutes that every shard has counted, in the order of time.
   *
   * @param evidence gives rows of the last minute
   */
  judge(shards: readonly CountedMinutes[], evidence: (item?: string) => readonly EventRow[]): Finding[];
  /** Undefined while nothing was judged. */
  snapshot(): MinuteJudgeState | undefined;
}

const oneMinute = 60_000;
/** After a longer pause the minutes in between are not judged. */
const longestPause = 2 * 86_400_000;

/** Creates a judge. The same minutes give the same findings, whichever shard asks for them. */
export function createMinuteJudge(options: MinuteJudgeOptions, state?: MinuteJudgeState): MinuteJudge {
  const { shop, parameters, lateness, quiet, off } = options;
  const site = createSiteJudge(shop, parameters, state?.judge);
  const open = createOpenSubjects(quiet, lateness, state?.open);
  let judged = state?.judged ?? Number.NEGATIVE_INFINITY;

  function judgeMinute(
    end: number,
    shards: readonly CountedMinutes[],
    evidence: (item?: string) => readonly EventRow[],
  ): Finding[] {
    const start = end - oneMinute;
    const counted = shards.flatMap(({ minutes }) => minutes.filter((minute) => minute.start === start));
    const summary = addSummaries(start, counted, parameters.counting.membersPerMinute);
    const found: Finding[] = open.takeQuiet(end);
    const gate = createFindingGate();
    site.judge(
      summary,
      (breach) => {
        if (off.includes(breach.kind)) return;
        const reported = { ...breach, time: end + lateness };
        open.note(reported);
        const told = gate.take(reported);
        if (told) found.push(told);
      },
      evidence,
    );
    return [...found, ...gate.endMinute(end + lateness)];
  }

  return {
    judge(shards, evidence) {
      const complete = completeUntil(shards);
      const first = Math.min(...shards.flatMap(({ minutes }) => minutes.map(({ start }) => start)));
      const isNew = judged === Number.NEGATIVE_INFINITY || complete - judged > longestPause;
      const found: Finding[] = [];
      for (let end = (isNew ? first : judged) + oneMinute; end <= complete; end += oneMinute) {
        found.push(...judgeMinute(end, shards, end === complete ? evidence : () => []));
        judged = end;
      }
      return found;
    },
    snapshot: () =>
      judged === Number.NEGATIVE_INFINITY
        ? undefined
        : { judged, judge: site.snapshot(), open: open.snapshot() },
  };
}

/** The end of the last minute that every active shard has counted, however far behind the others it is. */
export const completeUntil = (shards: readonly CountedMinutes[]): number =>
  Math.min(...shards.filter(({ isActive }) => isActive).map(({ until }) => until));
