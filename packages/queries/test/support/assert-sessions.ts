import { type LakeTable, metricNotes, metricOf, namedMetricQuery } from '@headwater/queries';
import { expect } from 'vitest';
import type { Visit } from './visits.ts';

/** How the sessions of a table are found, beside its definition. Lengths are in milliseconds. */
export interface PlainRule {
  readonly gap: number;
  readonly longest: number;
  readonly ownerOf: (visit: Visit) => string | undefined;
}

const hour = 3_600_000;
const pairOf = ({ visitor, visit }: Visit): string | undefined =>
  visitor === null || visit === null ? undefined : `${visitor} ${visit}`;

/** The rules of the tables of visits, by name. */
export const plainRules: Readonly<Record<string, PlainRule>> = {
  by_id: { gap: 24 * hour, longest: 24 * hour, ownerOf: ({ visit }) => visit ?? undefined },
  by_pair: { gap: 3 * hour, longest: 3 * hour, ownerOf: pairOf },
  by_idle: { gap: hour / 2, longest: 12 * hour, ownerOf: ({ visit }) => visit ?? undefined },
  derived: {
    gap: hour / 2,
    longest: 4 * hour,
    ownerOf: ({ visitor }) => (visitor === null ? undefined : String(visitor)),
  },
};

interface Placed {
  readonly visit: Visit;
  /** When its session began; undefined for an event that is in none. */
  readonly began: number | undefined;
  readonly exceeds: boolean;
  readonly session: string | undefined;
}

/** Each event with its session, by going through the events of each owner in order. */
function placed(visits: readonly Visit[], { gap, longest, ownerOf }: PlainRule): Placed[] {
  return [...Map.groupBy(visits, ownerOf)].flatMap(([owner, own]): Placed[] => {
    if (owner === undefined)
      return own.map((visit) => ({ visit, began: undefined, exceeds: false, session: undefined }));
    let began = Number.NEGATIVE_INFINITY;
    let last = Number.NEGATIVE_INFINITY;
    return own
      .toSorted((left, right) => left.at.getTime() - right.at.getTime())
      .map((visit) => {
        const at = visit.at.getTime();
        if (at - last > gap) began = at;
        last = at;
        const isIn = at - began <= longest;
        return isIn
          ? { visit, began, exceeds: false, session: `${owner}@${began}` }
          : { visit, began: undefined, exceeds: true, session: undefined };
      });
  });
}

const dayOf = (time: number | Date): string => new Date(time).toISOString().slice(0, 10);
const days = ['03', '04', '05', '06', '07'].map((day) => `2024-03-${day}`);
const week = { from: days[0] ?? '', to: days.at(-1) ?? '' };

/** The sessions, events and notes of each day, by a program that reads all events. */
export async function assertRule(table: LakeTable, visits: readonly Visit[]): Promise<void> {
  const all = placed(visits, plainRules[table.definition.name] as PlainRule);
  const sessions = [...Map.groupBy(all, ({ session }) => session)].filter(
    ([session]) => session !== undefined,
  );
  const rows = await namedMetricQuery(table, 'session-summary', week, { withHidden: true }).rows();
  expect(
    rows.map(({ period, sessions, bounces, events, milliseconds, eventsWithoutSession }) => ({
      period,
      sessions,
      bounces,
      events,
      milliseconds,
      eventsWithoutSession,
    })),
  ).toEqual(
    days.flatMap((period) => {
      const begun = sessions
        .filter(([, [first]]) => dayOf(first?.began ?? 0) === period)
        .map(([, events]) => events);
      const length = (events: readonly Placed[]) =>
        Math.max(...events.map(({ visit }) => visit.at.getTime())) - (events[0]?.began ?? 0);
      return begun.length === 0
        ? []
        : [
            {
              period,
              sessions: begun.length,
              bounces: begun.filter((events) => events.length === 1).length,
              events: begun.flat().length,
              milliseconds: begun.reduce((sum, events) => sum + length(events), 0),
              eventsWithoutSession: all.filter(
                ({ visit, session }) => session === undefined && dayOf(visit.at) === period,
              ).length,
            },
          ];
    }),
  );
  const exceeding = all.filter(
    ({ visit, exceeds }) => exceeds && dayOf(visit.at) >= week.from && dayOf(visit.at) <= week.to,
  );
  const notes = await metricNotes(table, metricOf('session-summary'), week);
  expect(notes.map(({ events }) => events)).toEqual(exceeding.length === 0 ? [] : [exceeding.length]);
}

/** Metrics whose answer by day does not depend on other days. */
const daily = [
  'daily-visitors',
  'cart-abandonment',
  'conversion-funnel',
  'session-summary',
  'revenue',
  'repeat-purchase',
];

/** The answer for a day is the same, whichever range it is asked in. */
export async function assertDaysAlone(table: LakeTable, metrics: readonly string[] = daily): Promise<void> {
  for (const metric of metrics) {
    const ask = (range: object) =>
      namedMetricQuery(table, metric, { ...range, grain: 'day' }, { withHidden: true }).rows();
    const alone = await Promise.all(days.map((day) => ask({ from: day, to: day })));
    expect(await ask(week), metric).toEqual(alone.flat());
  }
}
