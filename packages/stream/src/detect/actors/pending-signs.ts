import type { EventRow } from '../../record/event-identity.ts';
import { type PackedRow, packRow, unpackRow } from '../packed-row.ts';
import type { Sign } from './actor-kind.ts';
import type { ActorKindName, ActorParameters } from './parameters.ts';

/** What an actor did that a purchase soon after would explain. Times are in milliseconds since 1970. */
export interface PendingSign {
  readonly kind: ActorKindName;
  readonly sign: Sign;
  readonly strength: number;
  /** When the limit was reached. */
  readonly since: number;
  /** The last row that counted. */
  readonly last: number;
  readonly rows: readonly EventRow[];
}

/** A sign as plain data. */
export type PendingSignState = readonly [
  actor: string,
  sign: Omit<PendingSign, 'rows'> & { readonly rows: readonly PackedRow[] },
];

/** Signs that wait for a purchase. */
export interface PendingSigns {
  /** The actor did more of it. */
  note(actor: string, sign: Omit<PendingSign, 'since'>): void;
  /** The actor bought something. */
  clear(actor: string): void;
  /** The signs without a purchase until `time`, in the order in which they began. */
  takeDue(time: number): (readonly [actor: string, sign: PendingSign])[];
  snapshot(): PendingSignState[];
}

export function createPendingSigns(
  { suspects, checkout, patience }: ActorParameters['memory'],
  state: readonly PendingSignState[] = [],
): PendingSigns {
  const pending = new Map<string, PendingSign>(
    state.map(([actor, sign]) => [actor, { ...sign, rows: sign.rows.map(unpackRow) }]),
  );
  return {
    note(actor, sign) {
      const known = pending.get(actor);
      const oldest = pending.size >= suspects ? pending.keys().next().value : undefined;
      if (known === undefined && oldest !== undefined) pending.delete(oldest);
      pending.set(actor, { ...sign, since: known?.since ?? sign.last });
    },
    clear: (actor) => void pending.delete(actor),
    takeDue(time) {
      const due = [...pending].filter(
        ([, { last, since }]) => time >= Math.min(last + checkout * 1000, since + patience * 1000),
      );
      for (const [actor] of due) pending.delete(actor);
      return due;
    },
    snapshot: () => [...pending].map(([actor, sign]) => [actor, { ...sign, rows: sign.rows.map(packRow) }]),
  };
}
