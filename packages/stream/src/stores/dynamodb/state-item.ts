import { hash } from 'node:crypto';
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { stateName } from '../../sessions/group-by-key.ts';
import { type LiveSession, liveSession } from '../../sessions/live-session.ts';
import type { CountTotals } from '../../sessions/minute-totals.ts';
import { leavesCart, leftIn, type SessionTotals } from '../../sessions/session-chain.ts';
import type { SessionRules, StateKey } from '../../sessions/session-rules.ts';
import { SessionState } from '../../sessions/session-state.ts';
import { decodeBase, decodeCounts, decodeLog, encodeBase, encodeCounts, encodeLog } from './state-text.ts';

/** An item of DynamoDB. */
export type Item = Record<string, AttributeValue>;

/** A state as it was read, and what its counts still owe. */
export interface StoredState {
  readonly state: SessionState;
  /** The version that is there; undefined when nothing is. */
  readonly version: number | undefined;
  /** Counts of events that are in the state, and that are not in the counters yet. */
  readonly owed: CountTotals;
}

/** Parts of an index that sessions are spread over, so that no part takes all writes. */
export const indexParts = 8;

/** Bytes of a state; DynamoDB takes 400 KB, of which its view and its names need some. */
const mostBytes = 300_000;

const partitionKeyBytes = 512;

/** The sort key of a state. Earlier sessions of its key that left a cart have others. */
export const stateSortKey = 'STATE';

/** The partition key of a state. A long key is a hash: DynamoDB takes 2,048 bytes. */
export function statePartition(key: StateKey): string {
  const name = `STATE#${stateName(key)}`;
  return Buffer.byteLength(name) <= partitionKeyBytes
    ? name
    : `STATE#${key.kind}#${hash('sha256', key.text, 'base64url')}`;
}

/** Reads the item of a state. One that has expired is not there, though DynamoDB may delete it days later. */
export function readState(
  rules: SessionRules,
  key: StateKey,
  item: Item | undefined,
  now: number,
): StoredState {
  const version = item ? Number(item['version']?.N) : undefined;
  if (!item || isExpired(item, now))
    return { state: new SessionState(rules, key), version, owed: decodeCounts(undefined) };
  return {
    state: new SessionState(rules, key, {
      base: decodeBase(item['base']?.S),
      horizon: item['horizon'] ? Number(item['horizon'].N) : Number.NEGATIVE_INFINITY,
      log: decodeLog(item['log']?.S),
    }),
    version,
    owed: decodeCounts(item['owed']?.S),
  };
}

/** Whether an item is past its time: DynamoDB deletes within two days, not at once. */
export const isExpired = (item: Item, now: number): boolean => Number(item['ttl']?.N) * 1000 <= now;

/** Writes a state as its item. */
export function stateItem(
  rules: SessionRules,
  state: SessionState,
  { version, owed, now }: { readonly version: number; readonly owed: CountTotals; readonly now: number },
): Item {
  const texts = stateTexts(state);
  const { session } = state.tip;
  const expires = Math.max(now, state.lastTime) + rules.retention;
  const owes = encodeCounts(owed);
  return {
    PK: { S: statePartition(state.key) },
    SK: { S: stateSortKey },
    key: { S: state.key.text },
    version: { N: String(version) },
    log: { S: texts.log },
    ...(texts.base === undefined ? {} : { base: { S: texts.base } }),
    ...(Number.isFinite(state.parts.horizon) ? { horizon: { N: String(state.parts.horizon) } } : {}),
    ...(owes === undefined ? {} : { owed: { S: owes } }),
    ...(session
      ? { active: { S: `ACTIVE#${partOf(state.key)}` }, ...indexed(rules, state.key, session) }
      : {}),
    ttl: ttlOf(expires),
  };
}

/** The item of an earlier session of a key that left a cart. */
export const cartItem = (rules: SessionRules, key: StateKey, totals: SessionTotals, now: number): Item => ({
  ...cartKey(key, totals),
  ...indexed(rules, key, totals),
  ttl: ttlOf(Math.max(now, totals.last) + rules.retention),
});

export const cartKey = (key: StateKey, { began }: SessionTotals): Item => ({
  PK: { S: statePartition(key) },
  SK: { S: `CART#${began}` },
});

/** Reads a session from the item that shows it. */
export function sessionOfView(view: string): LiveSession {
  const shown = JSON.parse(view) as LiveSession;
  return { ...shown, began: new Date(shown.began), last: new Date(shown.last), ends: new Date(shown.ends) };
}

/** Seconds since 1970, rounded up: an item does not expire before its time. */
export const ttlOf = (expires: number): AttributeValue.NMember => ({ N: String(Math.ceil(expires / 1000)) });

/** What the indexes show of a session. */
const indexed = (rules: SessionRules, key: StateKey, totals: SessionTotals): Item => ({
  ...(leavesCart(totals) ? { cart: { S: `CART#${partOf(key)}` }, left: { N: String(leftIn(totals)) } } : {}),
  at: { N: String(totals.last) },
  view: { S: JSON.stringify(liveSession(rules, key, totals)) },
});

const partOf = ({ text }: StateKey): number => {
  let sum = 0;
  for (let index = 0; index < text.length; index += 1) sum = (sum * 31 + text.charCodeAt(index)) >>> 0;
  return sum % indexParts;
};

function stateTexts(state: SessionState): { readonly log: string; readonly base: string | undefined } {
  for (;;) {
    const { log, base } = state.parts;
    const texts = { log: encodeLog(log), base: encodeBase(base) };
    const bytes = Buffer.byteLength(texts.log) + Buffer.byteLength(texts.base ?? '');
    if (bytes <= mostBytes || log.length === 0) return texts;
    state.shrink();
  }
}
