import type { FindingKey } from './finding.ts';
import type { Notice } from './incident.ts';
import type { IncidentRule, StoredIncident, ToldFinding } from './next-incident.ts';

/** Incidents that a store lists at most. */
export const mostRecent = 100;

/** Who applies a finding, and when. */
export interface Application {
  /**
   * What the finding comes from, such as a shard: the same when it is found again. A notice that another one is about to tell is left
   * to it for a minute.
   */
  readonly owner: string;
  /** The wall clock. */
  readonly now: Date;
  readonly rule: IncidentRule;
}

/**
 * The latest incident of each subject and kind, and its outbox.
 *
 * A finding changes the incident and puts what is to be told into its outbox in one conditional write. It is published after that, and
 * marked as told after that. So a crash, or a publication that failed, leaves it in the outbox: it is told when the delivery is
 * repeated, or with the next finding of the same incident. It is told at least once, and twice only if a crash comes between
 * publishing and marking; the id of the notice is then the same.
 */
export interface IncidentStore {
  /**
   * Applies a finding. One that was applied before changes nothing.
   * @returns what is to be published now: all of the outbox but what another owner is about to publish
   */
  apply(finding: ToldFinding, by: Application): Promise<readonly Notice[]>;
  /** Takes notices that were published out of the outbox. */
  markTold(about: FindingKey, ids: readonly string[], now: Date): Promise<void>;
  /** The latest incident of a subject and kind; undefined when it has expired. */
  latest(about: FindingKey, now: Date): Promise<StoredIncident | undefined>;
  /** The incidents that were told last, the newest notice first: the latest one of each subject and kind. At most 100. */
  recent(now: Date): Promise<readonly StoredIncident[]>;
}
