import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { amountFields, countFields } from '../../sessions/count-sink.ts';
import type { KeyedEvents } from '../../sessions/group-by-key.ts';
import { CountTotals, isNothing } from '../../sessions/minute-totals.ts';
import type { SessionTotals } from '../../sessions/session-chain.ts';
import type { SessionRules } from '../../sessions/session-rules.ts';
import type { StateOutcome } from '../../sessions/session-state.ts';
import { salesPerUpdate } from './count-items.ts';
import { cartItem, cartKey, type Item, readState, type StoredState, stateItem } from './state-item.ts';

/** What the events of one key change: writes of its state, and counts. They are made in one transaction. */
export interface StateChange {
  readonly group: KeyedEvents;
  readonly outcome: StateOutcome;
  readonly stored: StoredState;
  readonly writes: readonly TransactWriteItem[];
  /** Counts that this transaction adds. */
  readonly paid: CountTotals;
  /** Whether counts are left, which the next transaction adds. */
  readonly owes: boolean;
  /** What is left, where no state is written that would remember it. */
  readonly owed?: CountTotals;
  readonly bytes: number;
}

/** Minutes, and items sold in each, that one state adds in one transaction. */
const mostMinutes = 20;

/**
 * Applies the events of a key to its item. Writes nothing.
 *
 * @param owing counts that an earlier change left, and that no item remembers
 */
export function stateChange(
  rules: SessionRules,
  table: string,
  group: KeyedEvents,
  item: Item | undefined,
  now: number,
  owing?: CountTotals,
): StateChange {
  const stored = readState(rules, group.key, item, now);
  if (owing !== undefined) addTotals(stored.owed, owing);
  const { state, version } = stored;
  const outcome = state.apply(group.events, now, stored.owed);
  const { paid, owed, owes } = payable(stored.owed);
  const mustWrite = outcome.hasChanged || item?.['owed'] !== undefined;
  if (!mustWrite) return { group, outcome, stored, writes: [], paid, owes, owed, bytes: 0 };
  const next = stateItem(rules, state, { version: (version ?? 0) + 1, owed, now });
  const put: TransactWriteItem = {
    Put: {
      TableName: table,
      Item: next,
      ...(version === undefined
        ? { ConditionExpression: 'attribute_not_exists(PK)' }
        : {
            ConditionExpression: 'version = :version',
            ExpressionAttributeValues: { ':version': { N: String(version) } },
          }),
    },
  };
  const bytes = ['log', 'base', 'owed', 'view'].reduce(
    (sum, name) => sum + (next[name]?.S?.length ?? 0),
    500,
  );
  return {
    group,
    outcome,
    stored,
    writes: [put, ...cartWrites(rules, table, group, outcome, now)],
    paid,
    owes,
    bytes,
  };
}

/** Writes the earlier sessions of the key that left a cart, and deletes those that did not after all. */
function cartWrites(
  rules: SessionRules,
  table: string,
  { key }: KeyedEvents,
  { closed }: StateOutcome,
  now: number,
): TransactWriteItem[] {
  const shown = (totals: SessionTotals): string => cartItem(rules, key, totals, now)['view']?.S ?? '';
  const before = new Map(closed.before.map((totals) => [totals.began, totals]));
  const after = new Map(closed.after.map((totals) => [totals.began, totals]));
  const put = [...after.values()].filter((totals) => {
    const was = before.get(totals.began);
    return was === undefined || (was !== totals && shown(was) !== shown(totals));
  });
  const gone = [...before.values()].filter(({ began }) => !after.has(began));
  return [
    ...put.map((totals) => ({ Put: { TableName: table, Item: cartItem(rules, key, totals, now) } })),
    ...gone.map((totals) => ({ Delete: { TableName: table, Key: cartKey(key, totals) } })),
  ];
}

/** Divides counts into what fits into one transaction, and the rest. */
function payable(counts: CountTotals): {
  readonly paid: CountTotals;
  readonly owed: CountTotals;
  readonly owes: boolean;
} {
  const [paid, owed] = [new CountTotals(), new CountTotals()];
  let minutes = 0;
  for (const [minute, totals] of counts.minutes) {
    if (isNothing(totals)) continue;
    minutes += 1;
    const to = minutes <= mostMinutes ? paid : owed;
    for (const field of countFields) if (totals[field] !== 0) to.count(minute, field, totals[field]);
    for (const field of amountFields) if (totals[field] !== 0n) to.amount(minute, field, totals[field]);
  }
  let sold = 0;
  for (const [minute, items] of counts.sales) {
    const some = [...items].filter(([, { purchases, revenue }]) => purchases !== 0 || revenue !== 0n);
    if (some.length > 0) sold += 1;
    for (const [nth, [item, { purchases, revenue }]] of some.entries())
      (sold <= mostMinutes && nth < salesPerUpdate ? paid : owed).sale(minute, item, purchases, revenue);
  }
  return { paid, owed, owes: owed.minutes.size + owed.sales.size > 0 };
}

/** Adds counts to others. */
export function addTotals(to: CountTotals, counts: CountTotals): void {
  for (const [minute, totals] of counts.minutes) {
    for (const field of countFields) to.count(minute, field, totals[field]);
    for (const field of amountFields) to.amount(minute, field, totals[field]);
  }
  for (const [minute, items] of counts.sales)
    for (const [item, { purchases, revenue }] of items) to.sale(minute, item, purchases, revenue);
}
