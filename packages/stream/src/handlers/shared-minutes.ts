import type { TableSchema } from '@headwater/core';
import type { Finding } from '../alerts/finding.ts';
import type { DetectionConfig } from '../detect/detection-config.ts';
import { detectionDefaults } from '../detect/detection-options.ts';
import { mergeParameters } from '../detect/detector-parameters.ts';
import {
  type CountedMinutes,
  completeUntil,
  createMinuteJudge,
  type MinuteJudgeState,
} from '../detect/shards/minute-judge.ts';
import type { MinuteSummary } from '../detect/site/minute-summary.ts';
import type { SiteParameters } from '../detect/site/parameters.ts';
import { siteDetector } from '../detect/site/site-detector.ts';
import type { EventRow } from '../record/event-identity.ts';
import type { CarryStore } from '../windows/carry-store.ts';
import type { SummaryStore } from '../windows/summary-store.ts';
import { mostItemBytes, packJson, unpackJson } from './window/packed-json.ts';

/** What follows from minutes that are complete. */
export interface JudgedMinutes {
  readonly findings: readonly Finding[];
  /** The end of the last minute that was judged and saved before: nobody needs those until then again. */
  readonly judged: number;
  /** Says that they are judged: call it when the findings were told. */
  save(): Promise<void>;
}

/** The minutes of all shards of a stream. */
export interface SharedMinutes {
  /**
   * Stores the minutes of a shard, and judges those that all shards have counted by now.
   *
   * Two shards may do so at a time. They find the same, since the same minutes are judged from the same state, and incidents are told once.
   *
   * @param shard the stream and its shard
   * @param minutes those that it has counted and that are not judged
   */
  judge(
    shard: string,
    minutes: readonly MinuteSummary[],
    evidence: (item?: string) => readonly EventRow[],
    now: Date,
  ): Promise<JudgedMinutes>;
}

/** A shard that was not heard of for so long, by the wall clock, is taken for idle or closed. */
const patience = 600_000;

/** Creates them for a table. */
export function createSharedMinutes(
  schema: TableSchema,
  config: DetectionConfig,
  store: SummaryStore & CarryStore,
): SharedMinutes {
  const { lateness = detectionDefaults.lateness, quiet = detectionDefaults.quiet, off = [] } = config;
  const parameters: SiteParameters = mergeParameters(siteDetector.defaults, config.site);
  const options = {
    ...{ shop: { site: schema.name, zone: schema.zone ?? 'UTC' }, parameters, off },
    ...{ lateness: lateness * 1000, quiet: quiet * 1000 },
  };
  return {
    async judge(shard, minutes, evidence, now) {
      const until = (minutes.at(-1)?.start ?? 0) + 60_000;
      const stream = shard.slice(0, shard.lastIndexOf('/'));
      const own = { shard, until, summary: packedLatest(minutes) };
      const all = await store.exchangeSummary(`detect/${stream}`, own, now);
      const shards = all.map(
        (one): CountedMinutes => ({
          until: one.until,
          isActive: one.at > now.getTime() - patience,
          minutes: one.shard === shard ? minutes : unpackJson<readonly MinuteSummary[]>(one.summary),
        }),
      );
      const complete = completeUntil(shards);
      const name = `detect-judge/${stream}`;
      const carried = await store.loadCarry(name, now);
      const judged = carried?.window ?? Number.NEGATIVE_INFINITY;
      if (judged >= complete) return { findings: [], judged, save: async () => undefined };
      const judge = createMinuteJudge(options, carried && unpackJson<MinuteJudgeState>(carried.state));
      const findings = judge.judge(shards, evidence);
      return {
        ...{ findings, judged },
        async save() {
          const state = judge.snapshot();
          if (state) await store.saveCarry(name, { window: state.judged, state: packJson(state) }, now);
        },
      };
    },
  };
}

/** As many of the latest minutes as fit into an item. */
function packedLatest(minutes: readonly MinuteSummary[]): Uint8Array {
  const bytes = packJson(minutes);
  return bytes.length <= mostItemBytes ? bytes : packedLatest(minutes.slice(minutes.length >> 1 || 1));
}
