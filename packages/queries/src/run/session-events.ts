import {
  type AliasableExpression,
  type Expression,
  expressionBuilder,
  type QueryCreator,
  type SelectQueryBuilder,
  type SqlBool,
  sql,
} from 'kysely';
import { asText, joinTexts, millisecondsBetween, timeText } from '../functions/functions.ts';

/*
 * Events with the session that each belongs to. The rule is in the `SessionsConfig` of `@headwater/core`: a session begins with an
 * event that has no other of its id in the `gap` before it, and has the events up to `longest` after its beginning, until
 * another one begins.
 *
 * The answer for an event depends on the events of `gap + longest` before it, and on no others. Let the first instant that is
 * read be r, and t >= r + gap + longest.
 *
 * 1. Whether an event at b >= r + gap begins a session is decided right: all of [b - gap, b) is read.
 * 2. If t belongs to a session, this began at b >= t - longest >= r + gap. By 1 it is found, and no other beginning is found
 *    between b and t, since each would be a true one. So t is given to b.
 * 3. If t belongs to none, no beginning lies in [t - longest, t]. What is found there is true by 1, so nothing is found; an
 *    earlier beginning, true or not, is more than `longest` before t. So t is given to none.
 *
 * A session that begins in a range has its events up to `longest` after the range. What it had before t >= b is right as
 * well: those events lie between b and t, and are given to b as in 2. So metrics that count a session, or its first purchase,
 * in the period in which it falls need no more than `gap + longest` before the range.
 */

/** How sessions are found. Lengths are in milliseconds. */
export interface SessionForm {
  readonly gap: number;
  readonly longest: number;
  /** Whether no column has the role: every session then has a key of its own. */
  readonly isDerived: boolean;
  /**
   * Whether ids that last longer than a session are found by an aggregate first. Only their events are then sorted, and the table is
   * read three times. Else all events are sorted, and the table is read once.
   */
  readonly findsLongFirst: boolean;
}

/** What is selected of the events. */
export interface SessionSelection {
  /** The name of the relation. */
  readonly named: string;
  /** Columns beside the session. The time is one of them. */
  readonly columns: readonly string[];
  /** Conditions on the time of the events; others are read to decide about these alone. */
  readonly conditions: readonly Expression<SqlBool>[];
  /** Whether the column `exceeds` is added: 1 for an event that exceeds its session, else 0. */
  readonly withExceeding: boolean;
}

type Row = Record<string, Date>;
type Relations = Record<string, Row>;
type Select = SelectQueryBuilder<Relations, string, Row>;

const eb = expressionBuilder<Relations, string>();
const { ref, fn } = eb;

/** The column of `events_read` that tells sessions apart. */
export const sessionKey = 'session_key';

/**
 * The value of that column: the id or the actor, or of two columns both values as one text. The length of the first tells where the
 * second begins.
 */
export function sessionKeyOf(columns: readonly AliasableExpression<unknown>[]): AliasableExpression<unknown> {
  const [first, second] = columns;
  if (!first) throw new Error('A session has at least one column');
  if (!second) return first;
  const text = asText(first);
  return eb
    .case()
    .when(eb.and([eb(first, 'is not', null), eb(second, 'is not', null)]))
    .then(joinTexts(asText(fn('length', [text])), sql.lit(':'), text, sql.lit(':'), asText(second)))
    .end();
}

/**
 * Adds a relation of events, with the column `session`, to a query that has `events_read`: events with their time and the
 * column that tells sessions apart.
 */
export function withSessions(
  given: QueryCreator<Relations>,
  form: SessionForm,
  selection: SessionSelection,
): QueryCreator<Relations> {
  const { gap, longest, isDerived } = form;
  // An id that is seen within `longest` only is one session, whose key is the id itself.
  const mayBeWhole = !isDerived && gap === longest;
  return mayBeWhole && form.findsLongFirst
    ? splitLong(given, form, selection)
    : splitAll(given, form, selection, mayBeWhole);
}

function splitAll(
  given: QueryCreator<Relations>,
  form: SessionForm,
  selection: SessionSelection,
  mayBeWhole: boolean,
): QueryCreator<Relations> {
  const whole = atMost(millisecondsBetween(ref('session_first'), ref('session_last')), form.longest);
  return given
    .with('events_spaced', (db) => spaced(db.selectFrom('events_read') as Select, selection, mayBeWhole))
    .with('events_begun', (db) => begun(db, form, selection, mayBeWhole))
    .with(selection.named, (db) =>
      visible(db.selectFrom('events_begun') as Select, selection).select([
        ...selection.columns,
        ...keyed(form, selection, mayBeWhole ? whole : undefined),
      ]),
    ) as QueryCreator<Relations>;
}

function splitLong(
  given: QueryCreator<Relations>,
  form: SessionForm,
  selection: SessionSelection,
): QueryCreator<Relations> {
  const exceeds = selection.withExceeding ? [sql<Date>`0`.as('exceeds')] : [];
  const [ofLong, ofEvent] = [`long_sessions.${sessionKey}`, `events_read.${sessionKey}`] as const;
  const long = (db: QueryCreator<Relations>) => db.selectFrom('long_sessions').select(sessionKey);
  return given
    .with(
      // It is read twice, and has few rows.
      (cte) => cte('long_sessions').materialized(),
      (db) =>
        db
          .selectFrom('events_read')
          .select(sessionKey)
          .where(sessionKey, 'is not', null)
          .groupBy(sessionKey)
          .having(eb.not(atMost(millisecondsBetween(fn.min('time'), fn.max('time')), form.longest))),
    )
    .with('events_spaced', (db) =>
      spaced((db.selectFrom('events_read') as Select).where(sessionKey, 'in', long(db)), selection, false),
    )
    .with('events_begun', (db) => begun(db, form, selection, false))
    .with(selection.named, (db) =>
      visible(db.selectFrom('events_read') as Select, selection)
        .select([...selection.columns, asText(ref(sessionKey)).as('session'), ...exceeds])
        // Engines join what does not exist, however many ids are long; PostgreSQL compares each with a list that is `not in`.
        .where(eb.not(eb.exists(long(db).whereRef(ofLong, '=', ofEvent))))
        .unionAll(
          visible(db.selectFrom('events_begun') as Select, selection).select([
            ...selection.columns,
            ...keyed(form, selection, undefined),
          ]) as never,
        ),
    ) as QueryCreator<Relations>;
}

/** Each event with the one before it and, to know an id that is one session, with the first and the last of the id. */
function spaced(from: Select, { columns }: SessionSelection, mayBeWhole: boolean): Select {
  const ofId = (name: 'min' | 'max') =>
    fn.agg<Date>(name, ['time']).over((over) => over.partitionBy(sessionKey));
  return from.select([
    ...columns,
    sessionKey,
    fn
      .agg<Date>('lag', ['time'])
      .over((over) => over.partitionBy(sessionKey).orderBy('time'))
      .as('session_previous'),
    ...(mayBeWhole ? [ofId('min').as('session_first'), ofId('max').as('session_last')] : []),
  ]) as unknown as Select;
}

/** Each event with the last beginning of a session that is not after it. */
function begun(
  db: QueryCreator<Relations>,
  { gap }: SessionForm,
  { columns }: SessionSelection,
  mayBeWhole: boolean,
): Select {
  const isNear = atMost(millisecondsBetween(ref('session_previous'), ref('time')), gap);
  const begins = eb.or([eb('session_previous', 'is', null), eb.not(isNear)]);
  return db.selectFrom('events_spaced').select([
    ...columns,
    sessionKey,
    fn
      .agg<Date>('max', [eb.case().when(begins).then(ref('time')).end()])
      .over((over) => over.partitionBy(sessionKey).orderBy('time'))
      .as('session_began'),
    ...(mayBeWhole ? ['session_first', 'session_last'] : []),
  ]) as unknown as Select;
}

/** The column `session`, and `exceeds` where it is asked for. */
function keyed(
  { longest }: SessionForm,
  { withExceeding }: SessionSelection,
  isWhole: Expression<SqlBool> | undefined,
) {
  const isOwned = eb(sessionKey, 'is not', null);
  const isIn = atMost(millisecondsBetween(ref('session_began'), ref('time')), longest);
  const id = asText(ref(sessionKey));
  const own = joinTexts(id, sql.lit('@'), timeText(ref('session_began')));
  const key = isWhole ? eb.case().when(isWhole).then(id).else(own).end() : own;
  const session = eb
    .case()
    .when(eb.and([isOwned, isIn]))
    .then(key)
    .end();
  const exceeds = eb
    .case()
    .when(eb.and([isOwned, eb.not(isIn)]))
    .then(sql<number>`1`)
    .else(sql<number>`0`)
    .end();
  return [session.as('session'), ...(withExceeding ? [exceeds.as('exceeds')] : [])];
}

const visible = (query: Select, { conditions }: SessionSelection): Select =>
  conditions.reduce((filtered, condition) => filtered.where(condition), query);

const atMost = (length: Expression<number>, most: number): Expression<SqlBool> =>
  sql<SqlBool>`${length} <= ${sql.lit(most)}`;
