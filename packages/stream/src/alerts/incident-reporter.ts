import { type EventsTable, HeadwaterError } from '@headwater/core';
import type { Notifier } from '../notify/notifier.ts';
import type { AlertStore } from './alert-store.ts';
import { type Breach, breachOf, type Finding, isBeyond, type Share } from './finding.ts';
import type { Notice } from './incident.ts';
import { reportFindings } from './report-findings.ts';
import type { ThresholdWatcher } from './threshold-watcher.ts';
import { findingTeller } from './told-finding.ts';

/** What a reporter works with. Times are in seconds. */
export interface ReporterOptions {
  readonly store: AlertStore;
  readonly notifier: Notifier;
  /** As those of the watcher. */
  readonly lateness?: number | undefined;
  readonly quiet?: number | undefined;
  /** Seconds between two updates of an incident. Defaults to 300. */
  readonly cooldown?: number | undefined;
}

/** Makes incidents of what the watcher of a shard found. */
export interface IncidentReporter {
  /** Adds shares to those of other shards. What is beyond a limit then is among the findings, in the same order. */
  sumShares(
    found: readonly (Finding | Share)[],
    watcher: Pick<ThresholdWatcher, 'noteBreach'>,
    shard: string,
    now: Date,
  ): Promise<Finding[]>;
  /**
   * Applies findings to their incidents, and tells what is to be told. It may be called again with the same findings.
   *
   * @returns what was published
   * @throws HeadwaterError `NOTICES_UNPUBLISHED`
   */
  report(findings: readonly Finding[], shard: string, now: Date): Promise<readonly Notice[]>;
}

/** Creates the reporter of a table. */
export function createIncidentReporter(
  { schema }: Pick<EventsTable, 'schema'>,
  { store, notifier, lateness = 10, quiet = 1800, cooldown = 300 }: ReporterOptions,
): IncidentReporter {
  const rule = { quiet: quiet * 1000, cooldown: cooldown * 1000 };
  const told = findingTeller(schema);

  async function breachOfShare(
    { counter, window }: Share,
    shard: string,
    now: Date,
  ): Promise<Breach | undefined> {
    const { subject, end, total: count } = window;
    const total = await store.addShare({ kind: counter.threshold.kind, subject, end, shard, count }, now);
    return isBeyond(counter, total) ? breachOf(counter, { ...window, total }, lateness * 1000) : undefined;
  }

  return {
    async sumShares(found, watcher, shard, now) {
      const findings: Finding[] = [];
      for (const one of found) {
        if (one.finding !== 'share') {
          findings.push(one);
          continue;
        }
        const breach = await breachOfShare(one, shard, now);
        if (breach === undefined) continue;
        watcher.noteBreach(breach);
        findings.push(breach);
      }
      return findings;
    },
    async report(findings, shard, now) {
      if (findings.length === 0) return [];
      const by = { owner: shard, now, rule };
      const { published, failed } = await reportFindings({ store, notifier }, findings.map(told), by);
      const [first] = failed;
      if (first !== undefined)
        throw new HeadwaterError('NOTICES_UNPUBLISHED', { count: failed.length, problem: first.reason });
      return published;
    },
  };
}
