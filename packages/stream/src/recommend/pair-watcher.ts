import { type EventsTable, HeadwaterError } from '@headwater/core';
import { isAlways, sessionColumns, tableActions, valuesOfAction } from '@headwater/core/internal';
import type { EventRow } from '../record/event-identity.ts';
import { createEventIntake, type EventIntakeState, type EventRecord } from '../windows/event-intake.ts';
import { createSliceCounts, type SliceCountsState } from '../windows/slice-counts.ts';
import { reminderDefaults, type ViewedTogetherConfig } from './reminders-config.ts';
import { type View, type Visit, visitsOf } from './visit.ts';

/** In how many visits two products were viewed so far, in one window. */
export interface PairCount {
  /** In alphabetical order. */
  readonly items: readonly [string, string];
  readonly visits: number;
  /** The window, in milliseconds since 1970, by the end of a visit: from `start` until before `end`. */
  readonly start: number;
  readonly end: number;
  /** When it is known, in event time. */
  readonly time: number;
}

/** How a watcher of pairs works. */
export interface PairOptions extends ViewedTogetherConfig {
  /** How much later than a younger one an event may arrive, in seconds. Defaults to 60. */
  readonly lateness?: number;
  /** Views that are kept at most, over all visits that are not over. Defaults to 100,000. Beyond, the visits that began first are taken for over. */
  readonly views?: number;
  /** Pairs that are counted at most. Defaults to 100,000; those of a single visit are dropped first. */
  readonly pairs?: number;
  /** After how many visits more a pair is told. By default it is told once, at `visits`. */
  readonly step?: number;
}

/** Where a watcher of pairs stands, as plain data. */
export interface PairState {
  readonly version: 1;
  readonly intake: EventIntakeState;
  readonly visitors: readonly (readonly [visitor: string, visitor: Visitor])[];
  readonly pairs: SliceCountsState;
}

interface Visitor {
  readonly views: View[];
  last: number;
  /** Set for one with more views than a person has. */
  isBusy: boolean;
}

/** Counts the visits in which two products were viewed. */
export interface PairWatcher {
  observe(event: EventRow, record?: EventRecord): PairCount[];
  /** Ends the visits that are over when event time has reached `time`. */
  advance(time: Date): PairCount[];
  /** @param leastVisits pairs of fewer visits are left out. Defaults to 1 */
  snapshot(leastVisits?: number): PairState;
}

/** More views, or more products, in a visit are not those of a person: what a robot walks through goes together with everything. */
const most = { views: 100, items: 30 };
/** Visits are ended once a minute of event time. */
const sweep = 60_000;

/**
 * Counts in how many visits each two products were viewed, in tumbling windows of event time. A visit is what one session id, or one actor
 * where there is none, views without a pause. It counts when it is over, each pair of it once. So the order in which events arrive
 * does not matter inside the lateness, and neither does a repeated one. Visits with more than 100 views or 30 products are left out.
 *
 * @throws HeadwaterError `ROLE_MISSING`, `ACTION_MISSING` for a table that does not say who views what
 */
export function createPairWatcher(
  { schema }: Pick<EventsTable, 'schema'>,
  options: PairOptions = {},
  state?: PairState,
): PairWatcher {
  const { visits, within, pause, lateness, views, pairs, step } = {
    ...{ ...reminderDefaults.viewedTogether, lateness: 60, views: 100_000, pairs: 100_000, step: 0 },
    ...options,
  };
  const [pauseMs, withinMs, latenessMs] = [pause * 1000, within * 1000, lateness * 1000];
  const read = viewReader(schema);
  const intake = createEventIntake(schema, latenessMs, 0, state?.intake);
  const visitors = new Map<string, Visitor>(
    state?.visitors.map(([visitor, { views: own, ...rest }]) => [visitor, { ...rest, views: [...own] }]),
  );
  const counts = createSliceCounts(Math.max(1, Math.floor(pairs / 2)), state?.pairs);
  let kept = [...visitors.values()].reduce((sum, { views: own }) => sum + own.length, 0);

  /** Counts the pairs of a visit, and gives those to be told. */
  const count = ({ items, last }: Visit): PairCount[] => {
    if (items.length > most.items) return [];
    const start = Math.floor(last / withinMs) * withinMs;
    const told: PairCount[] = [];
    for (const [index, one] of items.entries())
      for (const other of items.slice(index + 1)) {
        const pair = JSON.stringify([one, other]);
        counts.add(start, pair, 1);
        const seen = counts.at(start)?.get(pair)?.seen ?? 0;
        if (step > 0 ? seen % step === 0 : seen === visits)
          told.push({
            items: [one, other],
            visits: seen,
            ...{ start, end: start + withinMs, time: last + pauseMs + latenessMs },
          });
      }
    return told;
  };

  /** Ends the visits that are over at `time`, in the order in which they were. */
  const endVisits = (time: number): PairCount[] => {
    const over: (Visit & { readonly visitor: string })[] = [];
    for (const [visitor, { views: own, last, isBusy }] of visitors) {
      if (isBusy && last + pauseMs > time) continue;
      const ended = visitsOf(own, pauseMs).filter((visit) => visit.last + pauseMs <= time);
      over.push(...ended.map((visit) => ({ ...visit, visitor })));
      const until = ended.at(-1)?.last ?? Number.NEGATIVE_INFINITY;
      const left = own.filter(([, at]) => at > until);
      kept -= own.length - left.length;
      if (left.length === 0) visitors.delete(visitor);
      else own.splice(0, own.length, ...left);
    }
    over.sort((one, other) => one.last - other.last || (one.visitor < other.visitor ? -1 : 1));
    const told = over.flatMap(count);
    for (const start of [...counts.starts()]) if (start + withinMs + pauseMs <= time) counts.drop(start);
    return told;
  };

  const reach = (time: number): PairCount[] => {
    const { latest } = intake;
    intake.reach(time);
    const isDue = Math.floor(intake.latest / sweep) > Math.floor(latest / sweep);
    return isDue ? endVisits(intake.latest - latenessMs) : [];
  };

  const add = (visitor: string, item: string, time: number): PairCount[] => {
    const known = visitors.get(visitor) ?? { views: [], last: time, isBusy: false };
    visitors.set(visitor, known);
    known.last = Math.max(known.last, time);
    if (known.isBusy) return [];
    known.views.push([item, time]);
    kept += 1;
    if (known.views.length > most.views) {
      kept -= known.views.length;
      known.views.length = 0;
      known.isBusy = true;
    }
    // The visitors that came first are taken for gone.
    const told: PairCount[] = [];
    for (const [first, { views: own }] of visitors) {
      if (kept <= views) break;
      kept -= own.length;
      visitors.delete(first);
      told.push(...visitsOf(own, pauseMs).flatMap(count));
    }
    return told;
  };

  return {
    observe(event, record) {
      const taken = intake.take(event, record);
      if (taken === undefined) return [];
      const view = read(event);
      const told = view === undefined ? [] : add(view.visitor, view.item, taken.time);
      return [...told, ...reach(taken.time)];
    },
    advance: (time) => {
      intake.reach(time.getTime());
      return endVisits(intake.latest - latenessMs);
    },
    snapshot: (leastVisits = 1) => ({
      version: 1,
      intake: intake.snapshot(),
      visitors: [...visitors],
      pairs: counts.snapshot(leastVisits),
    }),
  };
}

/** Reads who viewed what. */
function viewReader(
  schema: EventsTable['schema'],
): (event: EventRow) => { readonly visitor: string; readonly item: string } | undefined {
  const { actor, item, action } = schema.roles;
  const sessions = sessionColumns(schema);
  const keys = sessions.length > 0 ? sessions : actor === undefined ? [] : [actor];
  const missing = [
    ...(item === undefined ? (['item'] as const) : []),
    ...(keys.length === 0 ? (['session'] as const) : []),
  ];
  if (item === undefined || missing.length > 0)
    throw new HeadwaterError('ROLE_MISSING', { table: schema.name, needs: ['item', 'session'], missing });
  const actions = tableActions(schema);
  const view = actions.get('view');
  if (view === undefined)
    throw new HeadwaterError('ACTION_MISSING', {
      table: schema.name,
      ...{ metric: 'viewedTogether', missing: ['view'], known: [...actions.keys()] },
    });
  const values = new Set(valuesOfAction(view));
  const isView = (event: EventRow): boolean =>
    isAlways(view) || (action !== undefined && values.has(String(event[action])));
  return (event) => {
    if (!isView(event)) return undefined;
    const visitor = keys.map((name) => event[name]);
    const viewed = event[item];
    if (viewed === null || viewed === undefined || visitor.includes(null)) return undefined;
    return { visitor: visitor.map(String).join('\u0000'), item: String(viewed) };
  };
}
