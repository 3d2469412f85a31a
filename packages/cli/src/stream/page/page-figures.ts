import type { LiveAlert, StreamFigures } from '@headwater/dashboard';
import { roundedText } from '../../output/figures.ts';
import { type FoundIncident, seenText, subjectText } from '../view/found-incident.ts';
import type { LiveFigures } from '../view/live-figures.ts';

/** Incidents and sellers that a page is sent. */
const mostAlerts = 20;
const mostSellers = 10;

/** What a page is told besides a moment. */
export interface PageFiguresOptions {
  readonly isEnded: boolean;
  /** Whether the moment has what became of the records. */
  readonly hasRecords: boolean;
}

/**
 * The figures of a page, from the moment that a terminal shows: no number is computed twice. Of incidents it has words, the id that they
 * are told with, and no rows.
 */
export function pageFigures(
  figures: LiveFigures,
  { isEnded, hasRecords }: PageFiguresOptions,
): StreamFigures {
  const { clock, speed, page, sessions, carts, cartsValue, topItems, topMinutes, counts } = figures;
  const funnel = page?.funnel ?? null;
  return {
    newest:
      clock && page?.arrived ? { time: clock.toISOString(), arrived: page.arrived.toISOString() } : null,
    isEnded,
    speed: Number.isFinite(speed) && speed !== 1 ? speed : null,
    visitors: page?.visitors ?? null,
    sessions: sessions && (sessions.at(-1) ?? 0),
    openCarts: carts && (carts.at(-1) ?? 0),
    openCartValue: carts && cartsValue,
    recentMinutes: topMinutes,
    topSellers:
      topItems
        ?.slice(0, mostSellers)
        .map(({ item, purchases, revenue }) => ({ item, sold: purchases, revenue })) ?? null,
    funnel: funnel && [
      { step: 'Began', sessions: funnel.sessions },
      { step: 'Put into the cart', sessions: funnel.cartSessions },
      { step: 'Bought', sessions: funnel.purchaseSessions },
    ],
    alerts: figures.incidents.slice(0, mostAlerts).map(alertOf),
    alertCount: figures.incidentCount,
    records: hasRecords ? counts : null,
    countedFrom: page?.countedFrom?.toISOString() ?? null,
    hours: (page?.hours ?? []).map(({ hour, lateEvents, ...of }) => ({
      hour: hour.toISOString(),
      ...of,
      late: lateEvents,
    })),
  };
}

const alertOf = (incident: FoundIncident): LiveAlert => ({
  id: incident.id,
  title: `${capital(subjectText(incident))} ${incident.words ?? `is beyond the threshold ${incident.kind}`}`,
  severity: incident.severity,
  since: incident.opened.toISOString(),
  evidence: [
    `${seenText(incident)}`,
    ...(incident.subject_type !== 'actor' && incident.actors.length > 0
      ? [`${roundedText(incident.actors.length)} actors`]
      : []),
  ].join(', '),
  isOpen: incident.closed === null,
});

const capital = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);
