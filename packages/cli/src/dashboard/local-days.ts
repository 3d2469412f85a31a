import { localDayStart } from '@headwater/core/internal';
import { lakeRange } from '../config/lake-days.ts';
import type { OpenedLake } from '../config/open-lake.ts';

/** What of an opened lake has to be known. */
type Located = Pick<OpenedLake, 'lake' | 'location' | 'table'> & {
  readonly config: Pick<OpenedLake['config'], 'aws'>;
};

/** The first and the last day, inclusive, `YYYY-MM-DD`. */
interface Days {
  readonly from: string;
  readonly to: string;
}

/**
 * The first and the last day with events of a lake's table, in the table's zone; undefined when it holds none, or cannot be read from here.
 * A lake's folders are days of UTC, and the events of one are of two days of another zone: the earliest and the latest event are asked for.
 *
 * @returns a function that remembers the answer until the next commit
 */
export function localDays({ lake, location, table, config }: Located): () => Promise<Days | undefined> {
  const { zone, roles } = table.schema;
  const time = roles.time;
  const edge = async (day: string, order: 'asc' | 'desc'): Promise<string> => {
    const rows = await lake[table.name]
      ?.between(shiftDay(day, -1), shiftDay(day, 1))
      .select(time as never)
      .orderBy(time as never, order)
      .limit(1)
      .execute();
    const instant = (rows?.[0] as Readonly<Record<string, unknown>> | undefined)?.[String(time)];
    return instant instanceof Date && zone !== undefined ? localDay(zone, instant, day) : day;
  };
  let known: { readonly commit: number; readonly days: Days } | undefined;
  return async () => {
    const folders = await lakeRange(location, table.name, config.aws);
    if (!folders || zone === undefined) return folders;
    if (known?.commit !== folders.commit) {
      const days = { from: await edge(folders.from, 'asc'), to: await edge(folders.to, 'desc') };
      known = { commit: folders.commit, days };
    }
    return known.days;
  };
}

/** The day of a zone that an instant of a UTC day is on: that day, the one before or the one after. */
function localDay(zone: string, instant: Date, utcDay: string): string {
  const starts = (day: string): boolean => localDayStart(zone, new Date(day)).first <= instant;
  return [shiftDay(utcDay, 1), utcDay].find(starts) ?? shiftDay(utcDay, -1);
}

function shiftDay(day: string, days: number): string {
  return new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);
}
