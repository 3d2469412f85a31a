import type { LiveFeed, StreamFigures } from '@headwater/dashboard';
import type { AlertStore, Capability, LiveStore } from '@headwater/stream';
import type { FoundIncident } from '../view/found-incident.ts';
import { foundIncident } from '../view/found-incident.ts';
import { type HourOf, hourCounts, shownHours } from '../view/hour-counts.ts';
import { createLiveCollector } from '../view/live-collector.ts';
import { pageFigures } from './page-figures.ts';

/** What a feed reads. */
export interface StoreFeedOptions {
  readonly table: string;
  readonly store: LiveStore;
  readonly alerts: Pick<AlertStore, 'recent'>;
  readonly capabilities: ReadonlySet<Capability>;
  readonly hourOf: HourOf;
  /** Milliseconds between two looks. Defaults to 5000: a look is about thirty requests. */
  readonly everyMs?: number | undefined;
  readonly onError: (error: unknown) => void;
}

const usualPause = 5000;
/** Hours change slowly, and a day of minutes is much to read. */
const hoursPause = 60_000;
const hour = 3_600_000;

/**
 * Follows the store that handlers write, while somebody follows the feed. Figures are as of the wall clock; when the newest event is older than an
 * hour, as of that event, so that a stream that stopped, or replays old events, shows what was then.
 */
export function storeFeed(options: StoreFeedOptions): LiveFeed {
  const { table, store, alerts, capabilities, hourOf, everyMs = usualPause, onError } = options;
  const incidents = { shown: [] as readonly FoundIncident[], count: 0 };
  const collect = createLiveCollector({
    ...{ table, lake: '', speed: 1, capabilities, store, incidents },
    page: { hourOf, visitorsOf: () => null },
  });
  const counts = { sent: 0, archived: 0, duplicates: 0, quarantined: 0, waiting: 0, unsent: 0 };
  let hours: { readonly at: number; readonly of: Pick<StreamFigures, 'hours' | 'countedFrom'> } | undefined;
  let newest: { readonly time: number; readonly arrived: Date } | undefined;

  const look = async (): Promise<StreamFigures | undefined> => {
    const wall = new Date();
    const event = await store.newestEvent(wall);
    if (!event) return undefined;
    // Of what was there before, the event itself says when; of what is newer than the last look, this moment.
    if (event.getTime() !== newest?.time) newest = { time: event.getTime(), arrived: newest ? wall : event };
    const clock = wall.getTime() - event.getTime() < hour ? wall : event;
    const recent = await alerts.recent(clock);
    incidents.shown = recent.map((stored) => {
      const { incident, isClosed, toldAt } = stored;
      const state = isClosed ? 'closed' : 'open';
      const opened = foundIncident({ ...incident, state: 'open' }, undefined);
      return foundIncident({ ...incident, state, time: new Date(toldAt).toISOString() }, opened);
    });
    incidents.count = recent.length;
    const counted = new Date(clock.getTime() - hour);
    const moment = await collect({ clock, range: { counted }, counts, isEnding: false });
    if (!hours || performance.now() - hours.at > hoursPause)
      hours = { at: performance.now(), of: await countHours(clock) };
    return {
      ...pageFigures(moment, { isEnded: false, hasRecords: false }),
      newest: { time: event.toISOString(), arrived: newest.arrived.toISOString() },
      ...hours.of,
    };
  };

  async function countHours(clock: Date): Promise<Pick<StreamFigures, 'hours' | 'countedFrom'>> {
    const from = new Date(hourOf(clock.getTime()) - (shownHours - 1) * hour);
    const minutes = await store.minutes({ from, to: new Date(clock.getTime() + 1) }, clock);
    const counted = hourCounts(minutes, clock, { capabilities, hourOf, visitorsOf: () => null });
    return {
      countedFrom: minutes[0]?.minute.toISOString() ?? null,
      hours: counted.map(({ hour: start, lateEvents, ...of }) => ({
        hour: start.toISOString(),
        ...of,
        late: lateEvents,
      })),
    };
  }

  return {
    subscribe(listener) {
      let isOver = false;
      let timer: NodeJS.Timeout | undefined;
      const follow = async (): Promise<void> => {
        try {
          const figures = await look();
          if (figures && !isOver) listener(figures);
        } catch (error) {
          if (!isOver) onError(error);
        }
        // One look after the other: a slow store is not asked faster.
        if (!isOver) timer = setTimeout(follow, everyMs);
      };
      void follow();
      return () => {
        isOver = true;
        clearTimeout(timer);
      };
    },
  };
}
