import { leaseMilliseconds } from '../windows/once-store.ts';
import type { Notice } from './incident.ts';
import type { Application } from './incident-store.ts';
import { nextIncident, type StoredIncident, type ToldFinding } from './next-incident.ts';

/** What a store keeps of a subject and kind: its latest incident, and what is still to be told. */
export interface IncidentItem {
  readonly stored: StoredIncident;
  readonly outbox: readonly OutboxNotice[];
}

interface OutboxNotice {
  readonly notice: Notice;
  /** Who is about to publish it, and until when it is left to them, in milliseconds. */
  readonly owner: string;
  readonly until: number;
}

/** Notices that wait at most. Updates go first; when an incident was opened and closed is never lost. */
const mostNotices = 50;

/** What follows from a finding for an item: the item, the same object if nothing changed, and what is to be published. */
export function applyFinding(
  item: IncidentItem | undefined,
  finding: ToldFinding,
  { owner, now, rule }: Application,
): { readonly item: IncidentItem | undefined; readonly publish: readonly Notice[] } {
  const { stored, notices } = nextIncident(item?.stored, finding, rule);
  if (stored === undefined) return { item, publish: [] };
  const at = now.getTime();
  const until = at + leaseMilliseconds;
  const waiting = (item?.outbox ?? []).map((one) => (one.until <= at ? { ...one, owner, until } : one));
  const outbox = bounded([...waiting, ...notices.map((notice) => ({ notice, owner, until }))]);
  const isChanged = stored !== item?.stored || outbox.some((one, index) => one !== item.outbox[index]);
  return {
    item: isChanged ? { stored, outbox } : item,
    publish: outbox.filter((one) => one.owner === owner).map(({ notice }) => notice),
  };
}

/** The item without notices that were told; the same object when it has none of them. */
export function withoutTold(item: IncidentItem, ids: readonly string[]): IncidentItem {
  const outbox = item.outbox.filter(({ notice }) => !ids.includes(notice.id));
  return outbox.length === item.outbox.length ? item : { ...item, outbox };
}

function bounded(outbox: readonly OutboxNotice[]): readonly OutboxNotice[] {
  let excess = outbox.length - mostNotices;
  return excess <= 0
    ? outbox
    : outbox.filter(({ notice }) => notice.incident.state !== 'update' || excess-- <= 0);
}
