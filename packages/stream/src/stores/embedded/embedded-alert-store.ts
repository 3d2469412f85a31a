import { type AlertStore, type AlertStoreOptions, keptFor } from '../../alerts/alert-store.ts';
import { findingKeyText } from '../../alerts/finding.ts';
import { applyFinding, type IncidentItem, withoutTold } from '../../alerts/incident-item.ts';
import { mostRecent } from '../../alerts/incident-store.ts';
import type { StoredIncident } from '../../alerts/next-incident.ts';
import type { CarriedState } from '../../windows/carry-store.ts';
import { type Claim, nextClaim } from '../../windows/once-store.ts';
import type { StoredSummary } from '../../windows/summary-store.ts';
import { createExpiringMap } from './expiring-map.ts';

/** A store of this process. */
export interface EmbeddedAlertStore extends AlertStore {
  /** The latest incidents of all subjects, those that changed last at the end. */
  incidents(): readonly StoredIncident[];
}

/** Entries of each kind that are kept; the oldest go first. */
const most = 50_000;

/** A store in memory, for runs in one process. It keeps 50,000 incidents, and forgets the oldest. */
export function createEmbeddedAlertStore(options: AlertStoreOptions = {}): EmbeddedAlertStore {
  const kept = keptFor(options);
  const incidents = createExpiringMap<IncidentItem>(most);
  const shares = createExpiringMap<Map<string, number>>(most);
  const summaries = createExpiringMap<Map<string, StoredSummary>>(most);
  const carried = createExpiringMap<CarriedState>(most);
  const claims = createExpiringMap<Claim>(most);
  const until = (now: Date): number => now.getTime() + kept;
  return {
    async apply(finding, by) {
      const key = findingKeyText(finding);
      const before = incidents.get(key, by.now);
      const { item, publish } = applyFinding(before, finding, by);
      if (item !== undefined && item !== before) incidents.set(key, item, until(by.now));
      return publish;
    },
    async markTold(about, ids, now) {
      const item = incidents.get(findingKeyText(about), now);
      if (item) incidents.set(findingKeyText(about), withoutTold(item, ids), until(now));
    },
    latest: async (about, now) => incidents.get(findingKeyText(about), now)?.stored,
    recent: async (now) =>
      incidents
        .live(now)
        .map(({ stored }) => stored)
        .toSorted((one, other) => other.toldAt - one.toldAt)
        .slice(0, mostRecent),
    async addShare({ kind, subject, end, shard, count }, now) {
      const key = JSON.stringify([kind, subject, end]);
      const counts = shares.get(key, now) ?? new Map<string, number>();
      counts.set(shard, Math.max(count, counts.get(shard) ?? count));
      shares.set(key, counts, until(now));
      return [...counts.values()].reduce((sum, one) => sum + one, 0);
    },
    async exchangeSummary(name, own, now) {
      const all = summaries.get(name, now) ?? new Map<string, StoredSummary>();
      const before = all.get(own.shard);
      if (before === undefined || before.until <= own.until)
        all.set(own.shard, { ...own, at: now.getTime() });
      summaries.set(name, all, until(now));
      return [...all.values()];
    },
    async saveCarry(name, state, now) {
      const before = carried.get(name, now);
      if (before === undefined || before.window <= state.window) carried.set(name, state, until(now));
    },
    loadCarry: async (name, now) => carried.get(name, now),
    async claim(id, by) {
      const { claim, isClaimed } = nextClaim(claims.get(id, by.now), by);
      claims.set(id, claim, until(by.now));
      return isClaimed;
    },
    async markPublished(id, now) {
      claims.set(id, { state: 'published' }, until(now));
    },
    incidents: () => incidents.values().map(({ stored }) => stored),
  };
}
