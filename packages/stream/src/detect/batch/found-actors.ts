import type { Breach, FindingKey } from '../../alerts/finding.ts';

/** Who has been found lately, by the stream or by earlier runs. */
export interface FoundActors {
  /** Notes what the stream has found. */
  noteOther(breach: Breach, actorColumn: string): void;
  /** Notes what the batch has found. */
  noteOwn(breach: Breach): void;
  /** Whether an actor was found since a time, as another subject or kind than `key`. */
  has(actor: string, since: number, key: Omit<FindingKey, 'finding'>): boolean;
  /** The campaign of a kind that most of these actors were found in. */
  campaignOf(kind: string, members: readonly string[]): string | undefined;
}

/** Actors that are remembered at most. Those that were found longest ago are forgotten, and may be told of again. */
const most = 50_000;

interface Found {
  readonly end: number;
  readonly kind: string;
  readonly subject: string;
  readonly isOwn: boolean;
}

/** Remembers nobody at first. */
export function createFoundActors(): FoundActors {
  const actors = new Map<string, Found>();
  const note = (actor: string, { end, kind, subject }: Breach, isOwn: boolean): void => {
    actors.delete(actor);
    actors.set(actor, { end, kind, subject, isOwn });
    if (actors.size > most) for (const oldest of actors.keys()) return void actors.delete(oldest);
  };
  return {
    noteOther(breach, column) {
      if (breach.subjectType === 'actor') return note(breach.subject, breach, false);
      if (breach.subjectType !== 'campaign' && breach.subjectType !== 'session') return;
      for (const one of breach.actors ?? breach.rows.map((row) => row[column]))
        if (one !== null && one !== undefined) note(String(one), breach, false);
    },
    noteOwn(breach) {
      for (const one of breach.actors ?? []) note(one, breach, true);
    },
    has(actor, since, { kind, subject }) {
      const found = actors.get(actor);
      if (found === undefined || found.end < since) return false;
      return !(found.isOwn && found.kind === kind && found.subject === subject);
    },
    campaignOf(kind, members) {
      const counts = new Map<string, number>();
      for (const member of members) {
        const found = actors.get(member);
        if (found?.kind === kind) counts.set(found.subject, (counts.get(found.subject) ?? 0) + 1);
      }
      const [best] = [...counts].toSorted(([, one], [, other]) => other - one);
      return best !== undefined && 2 * best[1] >= members.length ? best[0] : undefined;
    },
  };
}
