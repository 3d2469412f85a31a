import { CountTotals } from '../../sessions/minute-totals.ts';
import { salesPerUpdate } from './count-items.ts';
import { addTotals, type StateChange } from './state-change.ts';

/** Changes that one transaction makes, with the sum of their counts. */
export interface Pack {
  readonly changes: StateChange[];
  readonly counts: CountTotals;
}

/** DynamoDB takes 100 actions and 4 MB. A smaller transaction meets fewer others. */
const [mostActions, mostBytes, mostStates] = [90, 3_000_000, 40];

/**
 * Packs changes into transactions. The counts of one are summed before they are written, so a minute that many sessions act in is
 * one update.
 *
 * @param parts parts of a counter: as many updates of one minute's sales a transaction can have
 */
export function packChanges(changes: readonly StateChange[], parts: number): Pack[] {
  const packs: Pack[] = [];
  let pack: (Pack & { bytes: number; writes: number }) | undefined;
  for (const change of changes) {
    if (!pack || !fits(pack, change, parts)) {
      pack = { changes: [], counts: new CountTotals(), bytes: 0, writes: 0 };
      packs.push(pack);
    }
    pack.changes.push(change);
    addTotals(pack.counts, change.paid);
    pack.bytes += change.bytes;
    pack.writes += change.writes.length;
  }
  return packs;
}

function fits(
  pack: Pack & { readonly bytes: number; readonly writes: number },
  change: StateChange,
  parts: number,
): boolean {
  const { counts } = pack;
  if (pack.changes.length >= mostStates || pack.bytes + change.bytes > mostBytes) return false;
  const minutes = new Set([...counts.minutes.keys(), ...change.paid.minutes.keys()]).size;
  let updates = 0;
  for (const minute of new Set([...counts.sales.keys(), ...change.paid.sales.keys()])) {
    // The same item in both is one: this counts at most one update too many.
    const items = (counts.sales.get(minute)?.size ?? 0) + (change.paid.sales.get(minute)?.size ?? 0);
    const chunks = Math.ceil(items / salesPerUpdate);
    if (chunks > parts) return false;
    updates += chunks;
  }
  return pack.writes + change.writes.length + minutes + updates <= mostActions;
}
