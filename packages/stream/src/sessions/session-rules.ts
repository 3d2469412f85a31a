import { HeadwaterError, type TableSchema } from '@headwater/core';
import {
  isAlways,
  keepsAllRows,
  sessionColumns,
  sessionLengths,
  tableActions,
  valuesOfAction,
} from '@headwater/core/internal';
import { type EventIdentity, eventIdentity } from '../record/event-identity.ts';
import {
  type AnyEventsTable,
  assertCapable,
  type Capability,
  type CapabilityOf,
  capabilitiesOf,
  sessionsAreOfActors,
} from './capability.ts';
import { eventAmount } from './event-amount.ts';
import type { SessionAction, SessionEvent } from './session-event.ts';
import { sessionRanges } from './session-ranges.ts';

/** How live sessions are kept. */
export interface SessionOptions<Name extends Capability = Capability> {
  /** What the caller goes on to ask. A table that cannot say it is refused here. */
  readonly needs?: readonly Name[];
  /**
   * Seconds without an event after which a session is taken for ended. Defaults to 1800 (30 minutes). Only for a definition that has a
   * session id and no `sessions.inactivity`; else that is it. An event that comes later with the same id revives the session, as the
   * definition has it: what a session is does not follow from this.
   */
  readonly endsAfterSeconds?: number;
  /**
   * Seconds for which a session's events are remembered, so that one that is delivered again or late is counted once. Defaults to the
   * longest session, its inactivity and a day. An event that is older is not counted, and is reported as late.
   */
  readonly retentionSeconds?: number;
  /** Seconds for which the counts of a minute are kept. Defaults to 32 days. */
  readonly countsSeconds?: number;
  /** Events of one session that are remembered one by one, 16 to 4000. Defaults to 1000. See `SessionState`. */
  readonly mostEvents?: number;
}

/** An event as it was delivered. */
export interface DeliveredEvent<Row = Readonly<Record<string, unknown>>> {
  /** A clean row. */
  readonly event: Row;
  /** The place in the stream of the record that it came from. */
  readonly sequenceNumber: string;
}

/** The key of the state that an event belongs to. */
export interface StateKey {
  /** `session`: the events of one session id, or of one actor whose sessions are derived. `loose`: events of no session. */
  readonly kind: 'session' | 'loose';
  readonly text: string;
}

/** The rules of a table's sessions, compiled once. */
export interface SessionRules<Name extends Capability = Capability> {
  readonly schema: TableSchema;
  readonly capabilities: ReadonlySet<Capability>;
  /** The time without an event that begins another session, and how long one lasts; null for a table without sessions. */
  readonly lengths: { readonly gap: number; readonly longest: number } | null;
  /** Milliseconds without an event after which a session is taken for ended. */
  readonly endsAfter: number;
  /** Milliseconds for which events are remembered. */
  readonly retention: number;
  /** Milliseconds for which counts are kept. */
  readonly countsRetention: number;
  readonly mostEvents: number;
  /** Digits behind the point of amounts. */
  readonly scale: number;
  readonly hasAmounts: boolean;
  /** Whether a purchase without a product is of those in the cart of its session. */
  readonly takesCart: boolean;
  /** Whether one state has all that an actor does, so that distinct actors can be counted. */
  readonly countsVisitors: boolean;
  readonly replaces: EventIdentity['replaces'];
  /** The state that an event belongs to, and what a session needs of it. */
  readonly read: (delivered: DeliveredEvent) => { readonly key: StateKey; readonly event: SessionEvent };
  /** Not there at run time: what the table can say, for the types of stores. */
  readonly says?: Name;
}

const day = 86_400_000;
const defaultEndsAfter = 1_800_000;
/** Events of no session and no actor are told apart by minute and by one of so many parts of their ids. */
const looseParts = 64;
/** The same where rows of one event may have different times. */
const timelessParts = 4096;

/**
 * Compiles the definition's session rule, roles, actions and rule for duplicates to what live stores need. A session, a cart and an
 * amount are what they are in the metrics of `@headwater/queries`.
 *
 * @throws HeadwaterError `ROLE_MISSING` or `ACTION_MISSING` for a need that the table does not meet; `OPTION_INVALID`
 * @example
 * ```ts
 * const rules = sessionRules(clickstream, { needs: ['carts'] });
 * const store = createEmbeddedStore(rules);
 * ```
 */
export function sessionRules<const Table extends AnyEventsTable>(
  table: Table,
  options: SessionOptions<CapabilityOf<Table>> = {},
): SessionRules<CapabilityOf<Table>> {
  const { schema } = table;
  for (const need of options.needs ?? []) assertCapable(schema, need);
  const lengths = sessionLengths(schema) ?? null;
  const amount = eventAmount(schema);
  const identity = eventIdentity(schema);
  return {
    schema,
    capabilities: capabilitiesOf(schema),
    lengths,
    endsAfter: endsAfterOf(schema, options.endsAfterSeconds, lengths?.gap),
    retention: retentionOf(options.retentionSeconds, lengths ? lengths.gap + lengths.longest : 0),
    countsRetention: wholeOption('countsSeconds', options.countsSeconds ?? 32 * 86_400) * 1000,
    mostEvents: wholeOption('mostEvents', options.mostEvents ?? 1000),
    scale: amount?.scale ?? 0,
    hasAmounts: amount !== undefined,
    takesCart: schema.purchaseItems === 'cart',
    countsVisitors: sessionsAreOfActors(schema),
    replaces: identity.replaces,
    read: eventReader(schema, identity, amount),
  };
}

function endsAfterOf(schema: TableSchema, seconds: number | undefined, gap = day): number {
  const own = schema.sessions?.inactivity;
  if (seconds === undefined) return Math.min(own ?? defaultEndsAfter, gap);
  if (own !== undefined)
    throw new HeadwaterError('OPTION_INVALID', {
      option: 'endsAfterSeconds',
      value: String(seconds),
      expected: `none, because sessions.inactivity of ${schema.name} says when a session ends`,
    });
  return wholeOption('endsAfterSeconds', seconds, { most: gap / 1000 }) * 1000;
}

function retentionOf(seconds: number | undefined, span: number): number {
  if (seconds === undefined) return span + day;
  // What is older than that decides about no session of a newer event.
  const least = Math.max(sessionRanges.retentionSeconds[0], Math.ceil(span / 1000));
  return wholeOption('retentionSeconds', seconds, { least }) * 1000;
}

/** Checks an option, by its range or by what the definition makes of it. */
function wholeOption(
  option: keyof typeof sessionRanges,
  value: number,
  {
    least = sessionRanges[option][0],
    most = sessionRanges[option][1],
  }: { readonly least?: number; readonly most?: number } = {},
): number {
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  throw new HeadwaterError('OPTION_INVALID', {
    option,
    value: String(value),
    expected: `a whole number from ${least} to ${most}`,
  });
}

function eventReader(
  schema: TableSchema,
  { idOf, rankOf }: EventIdentity,
  amount: ReturnType<typeof eventAmount>,
): SessionRules['read'] {
  const { roles } = schema;
  const time = roles.time ?? schema.partitioning.time;
  const textOf = (name: string | undefined, row: Readonly<Record<string, unknown>>): string | null => {
    const value = name === undefined ? null : row[name];
    return value === null || value === undefined ? null : String(value);
  };
  const actionOf = actionReader(schema);
  const keys = sessionColumns(schema);
  const sessionOf = (row: Readonly<Record<string, unknown>>): string | null => {
    const [first, second] = keys.map((name) => textOf(name, row));
    if (first === undefined || first === null || second === undefined) return first ?? null;
    // The length of the first tells where the second begins.
    return second === null ? null : `${first.length}:${first}:${second}`;
  };
  const isTimed = keepsAllRows(schema) || schema.duplicateKey.includes(time);
  const looseKey = (actor: string | null, at: number, id: string): string => {
    if (actor !== null) return `actor:${actor}`;
    const part = (id.charCodeAt(0) * 128 + id.charCodeAt(1)) % (isTimed ? looseParts : timelessParts);
    return isTimed ? `${Math.floor(at / 60_000)}/${part}` : String(part);
  };
  return ({ event: row, sequenceNumber }) => {
    const id = idOf(row, sequenceNumber);
    const at = (row[time] as Date).getTime();
    const actor = textOf(roles.actor, row);
    const session = sessionOf(row);
    return {
      key:
        session === null
          ? { kind: 'loose', text: looseKey(actor, at, id) }
          : { kind: 'session', text: session },
      event: {
        id,
        time: at,
        action: actionOf(row),
        actor,
        item: textOf(roles.item, row),
        amount: amount?.of(row) ?? null,
        ...(rankOf ? { rank: rankOf(row, sequenceNumber) } : {}),
      },
    };
  };
}

const known: ReadonlySet<string> = new Set(['view', 'cart', 'removeFromCart', 'purchase']);

function actionReader(schema: TableSchema): (row: Readonly<Record<string, unknown>>) => SessionAction {
  const actions = [...tableActions(schema)].filter(([name]) => known.has(name)) as [
    Exclude<SessionAction, null>,
    Parameters<typeof valuesOfAction>[0],
  ][];
  const always = actions.find(([, value]) => isAlways(value));
  if (always) return () => always[0];
  const column = schema.roles.action;
  if (column === undefined) return () => null;
  const byValue = new Map(
    actions.flatMap(([name, value]) => valuesOfAction(value).map((one) => [one, name])),
  );
  return (row) => byValue.get(String(row[column])) ?? null;
}
