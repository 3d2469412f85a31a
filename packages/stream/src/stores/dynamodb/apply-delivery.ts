import { TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';
import { inParallel } from '@headwater/core/internal';
import { groupByKey, type KeyedEvents } from '../../sessions/group-by-key.ts';
import { type LiveSession, liveSession } from '../../sessions/live-session.ts';
import type { CountTotals } from '../../sessions/minute-totals.ts';
import type { DeliveredEvent, SessionRules } from '../../sessions/session-rules.ts';
import type { ApplyReport } from '../../sessions/session-store.ts';
import { counterUpdates } from './count-items.ts';
import type { StoreOptions } from './dynamodb-options.ts';
import { type Pack, packChanges } from './pack-changes.ts';
import { readStates } from './read-states.ts';
import { backOff, isOfItem, type RetryReason, retryReason } from './retries.ts';
import { type StateChange, stateChange } from './state-change.ts';
import { statePartition } from './state-item.ts';

/** Sessions that are read and written at once. */
const mostGroups = 100;

/** Applies a delivery: reads the states, and writes them with their counts on condition that nobody else did. */
export async function applyDelivery(
  rules: SessionRules,
  options: StoreOptions,
  delivered: readonly DeliveredEvent[],
  now: number,
): Promise<ApplyReport> {
  const groups = [...groupByKey(rules, delivered).values()];
  const delivery = new Delivery(rules, options, now);
  for (let at = 0; at < groups.length; at += mostGroups)
    await delivery.settle(groups.slice(at, at + mostGroups));
  const failed = new Set(delivery.failed);
  return {
    ...delivery.counts,
    failed: delivered.flatMap(({ sequenceNumber }) => (failed.has(sequenceNumber) ? [sequenceNumber] : [])),
    ...(delivery.error === undefined ? {} : { error: delivery.error }),
    sessions: delivery.sessions,
  };
}

/** The events of a key that are not written yet. */
interface Open {
  readonly group: KeyedEvents;
  /** Attempts that failed. */
  readonly attempt: number;
  /** Whether it is written in a transaction of its own, because one with others was refused. */
  readonly isAlone: boolean;
  /** Counts that are not paid yet, and that no item remembers. */
  readonly owed?: CountTotals | undefined;
  readonly reason?: RetryReason;
  readonly error?: unknown;
}

/** Attempts of what is never tried again. */
const never = Number.POSITIVE_INFINITY;

const hasNothing = ({ writes, paid }: StateChange): boolean => writes.length === 0 && paid.minutes.size === 0;

class Delivery {
  readonly counts = { applied: 0, duplicates: 0, late: 0 };
  readonly sessions: LiveSession[] = [];
  readonly failed: string[] = [];
  error: unknown;
  private readonly rules: SessionRules;
  private readonly options: StoreOptions;
  private readonly now: number;

  constructor(rules: SessionRules, options: StoreOptions, now: number) {
    this.rules = rules;
    this.options = options;
    this.now = now;
  }

  /** Reads and writes until every state is written, or was tried often enough. */
  async settle(groups: readonly KeyedEvents[]): Promise<void> {
    const { attempts = 8 } = this.options;
    let open: Open[] = groups.map((group) => ({ group, attempt: 0, isAlone: false }));
    while (open.length > 0) {
      const undone = await this.round(open);
      open = undone.filter(({ attempt }) => attempt < attempts);
      for (const { group, attempt, error } of undone) if (attempt >= attempts) this.fail(group, error);
      const reason = open.find((one) => one.reason !== undefined)?.reason;
      if (reason === undefined) continue;
      this.options.onRetry?.(reason);
      await backOff(Math.max(...open.map(({ attempt }) => attempt)), this.options);
    }
  }

  /** One read and one write of each state; returns those that are not done. */
  private async round(open: readonly Open[]): Promise<Open[]> {
    const { client, table, concurrency, counterParts } = this.options;
    const groups = open.map(({ group }) => group);
    const { items, unread } = await readStates(client, table, groups, this.options);
    const undone: Open[] = [];
    const [alone, together]: [StateChange[], StateChange[]] = [[], []];
    for (const one of open) {
      const name = statePartition(one.group.key);
      if (unread.has(name)) {
        undone.push({
          ...one,
          attempt: never,
          error: new Error('DynamoDB left keys of BatchGetItem unread'),
        });
        continue;
      }
      const change = stateChange(this.rules, table, one.group, items.get(name), this.now, one.owed);
      if (hasNothing(change)) this.count(change);
      else (one.isAlone ? alone : together).push(change);
    }
    const packs = [
      ...packChanges(together, counterParts),
      ...alone.flatMap((change) => packChanges([change], counterParts)),
    ];
    const byGroup = new Map(open.map((one) => [one.group, one]));
    await inParallel(packs, concurrency, async (pack) => {
      const error = await this.write(pack);
      for (const change of pack.changes) {
        const one = byGroup.get(change.group);
        if (!one) continue;
        const left = error === undefined ? this.written(change, one) : refused(one, error, pack);
        if (left) undone.push(left);
      }
    });
    return undone;
  }

  /** Writes a pack in one transaction; returns why it was refused. */
  private async write({ changes, counts }: Pack): Promise<unknown> {
    const { client, table, counterParts: parts, random = Math.random } = this.options;
    const part = Math.floor(random() * parts) % parts;
    const counter = { table, parts, part, now: this.now, retention: this.rules.countsRetention };
    const TransactItems = [...changes.flatMap(({ writes }) => writes), ...counterUpdates(counts, counter)];
    try {
      await client.send(new TransactWriteItemsCommand({ TransactItems }));
      return undefined;
    } catch (error) {
      return error;
    }
  }

  /** Counts what was written. What the counters are still owed is paid by another write, without the events. */
  private written(change: StateChange, one: Open): Open | undefined {
    this.count(change);
    return change.owes ? { ...one, group: { ...change.group, events: [] }, owed: change.owed } : undefined;
  }

  private count({ group, outcome, stored }: StateChange): void {
    this.counts.applied += outcome.applied;
    this.counts.duplicates += outcome.duplicates;
    this.counts.late += outcome.late;
    const { session } = stored.state.tip;
    if (outcome.hasChanged && session) this.sessions.push(liveSession(this.rules, group.key, session));
  }

  private fail({ sequenceNumbers }: KeyedEvents, error: unknown): void {
    this.failed.push(...sequenceNumbers);
    this.error ??= error;
  }
}

/**
 * What follows from a refused write: another attempt; one without others, to find what is refused; or none.
 * @throws the error when it is of the table or of rights, and so of every write
 */
function refused(one: Open, error: unknown, { changes }: Pack): Open {
  const reason = retryReason(error);
  if (reason !== undefined) return { ...one, attempt: one.attempt + 1, reason, error };
  if (!isOfItem(error)) throw error;
  return changes.length > 1 ? { ...one, isAlone: true, error } : { ...one, attempt: never, error };
}
