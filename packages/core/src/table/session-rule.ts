import { HeadwaterError } from '../errors/headwater-error.ts';
import type { TableSchema } from './table-schema.ts';

/** How long a session may last unless the definition says otherwise: 24 hours. */
const defaultLongest = 86_400_000;
/** The inactivity that ends a derived session unless the definition says otherwise: 30 minutes, as Google Analytics has it. */
const defaultInactivity = 1_800_000;
/** Metrics read the longest session before and after a range. */
const mostLongest = 31 * 86_400_000;

/** Lengths of time in a definition: `30m`, `24h`, `2d`. */
type Duration = `${number}${'m' | 'h' | 'd'}`;

/**
 * What makes events a session. The rule is local: whether an event is in a session, and in which one, follows from the events of
 * `longest` and `inactivity` before it. So the answer for a day does not depend on the range that is asked.
 *
 * Events are those of one session id, or, where no column has the role session, of one actor.
 *
 * - A session begins with an event that has none of these in the `inactivity` before it. Without `inactivity` that is `longest`.
 * - It has the events up to `longest` after its beginning, as long as no other session has begun.
 * - Later events, which are joined to it by shorter gaps, exceed it. They count as events without a session, and
 *   `metricNotes` counts them apart. An IP address in place of a session id makes such sessions.
 *
 * Sessions of actors are derived by inactivity, as Google Analytics does it
 * (https://support.google.com/analytics/answer/12798876). An event without an id or without an actor is in none.
 */
export interface SessionsConfig {
  /** The gap that ends a session. Defaults to `30m` where sessions are derived; else to `longest`, which ends no session earlier. */
  readonly inactivity?: Duration;
  /** How long a session lasts at most. Defaults to `24h`; at most 31 days. */
  readonly longest?: Duration;
  /** Derives the sessions of each actor, where no column has the role session. `inactivity` alone does so, too. */
  readonly within?: 'actor';
}

/** What differs from the default rule. Lengths are in milliseconds. */
export interface SessionRule {
  readonly longest?: number;
  readonly inactivity?: number;
  /**
   * The column within whose values sessions are told apart: that of the actor where sessions are derived, else the first one of a
   * pair of columns that has the role session.
   */
  readonly within?: string;
}

/** The parts of a definition that sessions follow from. */
type SessionParts = Pick<TableSchema, 'roles' | 'sessions'>;

/**
 * Reads `sessions` and the role session of a definition.
 *
 * @param pair the columns that are the session together
 * @throws HeadwaterError `DEFINITION_INVALID`
 */
export function sessionRule(
  table: string,
  config: SessionsConfig | undefined,
  roles: TableSchema['roles'],
  pair: readonly string[] | undefined,
): SessionRule | undefined {
  const fail = (problem: string, fix: string): never => {
    throw new HeadwaterError('DEFINITION_INVALID', { table, problem, fix });
  };
  if (config === undefined) return pair?.[0] === undefined ? undefined : { within: pair[0] };
  const other = Object.keys(config).find((name) => !['inactivity', 'longest', 'within'].includes(name));
  if (other !== undefined) fail(`sessions.${other} is not known`, 'Expected inactivity, longest or within');
  const length = (name: 'inactivity' | 'longest'): number | undefined => {
    const text = config[name];
    if (text === undefined) return undefined;
    return (
      milliseconds(text) ??
      fail(`sessions.${name} is "${text}"`, 'Write a length of time such as 30m, 24h or 2d')
    );
  };
  const [inactivity, longest = defaultLongest] = [length('inactivity'), length('longest')];
  if (longest > mostLongest) fail('sessions.longest is more than 31 days', 'Choose a shorter one');
  if ((inactivity ?? 0) > longest)
    fail('sessions.inactivity is longer than sessions.longest', 'Choose a shorter one, or a longer session');
  if (config.within !== undefined && config.within !== 'actor')
    fail(`sessions.within is "${config.within}"`, 'Expected actor');
  const isDerived = roles.session === undefined;
  if (isDerived && roles.actor === undefined)
    fail(
      'sessions are derived from the events of an actor, and no column has the role actor',
      'Add the role actor',
    );
  if (isDerived && config.inactivity === undefined && config.within === undefined)
    fail(
      'sessions has no inactivity, and no column has the role session',
      "Add the role session, or inactivity: '30m' to derive sessions",
    );
  if (!isDerived && config.within !== undefined)
    fail(
      "sessions.within is 'actor', and a column has the role session",
      `Where the id is unique within an actor only, write session: ['${roles.actor ?? 'actor'}', '${roles.session}'] in roles`,
    );
  const within = isDerived ? roles.actor : pair?.[0];
  const gap = isDerived ? (inactivity ?? defaultInactivity) : inactivity === longest ? undefined : inactivity;
  const rule: SessionRule = {
    ...(longest === defaultLongest ? {} : { longest }),
    ...(gap === undefined ? {} : { inactivity: gap }),
    ...(within === undefined ? {} : { within }),
  };
  return Object.keys(rule).length === 0 ? undefined : rule;
}

/** Checks a pair of columns that has the role session. The types reject these mistakes; plain JavaScript is checked here. */
export function assertSessionPair(table: string, pair: readonly string[]): void {
  if (pair.length === 2 && pair[0] !== pair[1]) return;
  throw new HeadwaterError('DEFINITION_INVALID', {
    table,
    problem: `the role session names the columns ${pair.join(', ')}`,
    fix: "Name one column, or two: what the id is unique within, and the id, as in ['user_id', 'session_number']",
  });
}

/** Whether a definition derives its sessions, since no column has the role. */
export const derivesSessions = ({ roles, sessions }: SessionParts): boolean =>
  roles.session === undefined && sessions?.within !== undefined;

/**
 * The lengths of a table's sessions, in milliseconds; `gap` is what begins another one.
 * @returns undefined for a table without sessions
 */
export function sessionLengths(
  schema: SessionParts,
): { readonly gap: number; readonly longest: number } | undefined {
  if (schema.roles.session === undefined && !derivesSessions(schema)) return undefined;
  const { longest = defaultLongest, inactivity = longest } = schema.sessions ?? {};
  return { gap: inactivity, longest };
}

/** The columns whose values together tell sessions apart; none for a table without sessions. */
export function sessionColumns({ roles, sessions }: SessionParts): readonly string[] {
  return [sessions?.within, roles.session].filter((name) => name !== undefined);
}

/**
 * The rule in words.
 * @example 'by user_session; 24 hours without an event end one, and it lasts 24 hours at most'
 */
export function sessionText(schema: SessionParts, nameOf: (column: string) => string = String): string {
  const lengths = sessionLengths(schema);
  if (!lengths) return 'none';
  const by = sessionColumns(schema).map(nameOf).join(' and ');
  const { gap, longest } = lengths;
  return `by ${by}; ${durationText(gap)} without an event end one, and it lasts ${durationText(longest)} at most`;
}

const units = { m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

function milliseconds(text: unknown): number | undefined {
  const [, count, unit] = /^([1-9]\d{0,5})([mhd])$/.exec(String(text)) ?? [];
  return count === undefined ? undefined : Number(count) * units[unit as keyof typeof units];
}

function durationText(length: number): string {
  const [count, unit] = length % units.h === 0 ? [length / units.h, 'hour'] : [length / units.m, 'minute'];
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}
