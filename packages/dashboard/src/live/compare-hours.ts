import type { ComparedFigure, LakeComparison } from '../api/api.ts';
import { decimalText, decimalUnits } from './decimal-units.ts';
import type { StreamFigures, StreamHour } from './live-feed.ts';

/** What the lake answers for an hour. A measure that the table cannot have is absent. */
export type LakeHour = Partial<Record<Measure, number | string>>;

/** What both have. */
export type Measure = (typeof measures)[number]['measure'];

const measures = [
  { measure: 'events', title: 'Events', unit: 'count' },
  { measure: 'visitors', title: 'Visitors an hour', unit: 'mean' },
  { measure: 'sessions', title: 'Sessions', unit: 'count' },
  { measure: 'cartSessions', title: 'Cart sessions', unit: 'count' },
  { measure: 'revenue', title: 'Revenue', unit: 'money' },
] as const;

/** The digits of a mean. */
const meanDigits = 1;

/**
 * Compares what a stream counted with what the lake answers, over the hours that both have. Distinct visitors do not add up, so theirs is the
 * mean of the hours.
 *
 * @param lake the hours of the lake by their first instants, in milliseconds since 1970
 * @param asked when the lake was asked
 */
export function compareHours(
  { hours, countedFrom, records }: Pick<StreamFigures, 'hours' | 'countedFrom' | 'records'>,
  lake: ReadonlyMap<number, LakeHour>,
  asked: Date,
): LakeComparison {
  const lakeEvents = (hour: number): number => Number(lake.get(hour)?.events ?? 0);
  // Before the first hour of the stream, and after the last of either, one of both has nothing to say.
  const first = Date.parse(hours[0]?.hour ?? '');
  const last = Math.min(
    Date.parse(hours.at(-1)?.hour ?? ''),
    Math.max(...[...lake.keys()].filter((hour) => lakeEvents(hour) > 0)),
  );
  const counted = new Map(hours.map((hour) => [Date.parse(hour.hour), hour]));
  // An hour that one of both has nothing of is an hour as well: that is a difference.
  const common = [...new Set([...counted.keys(), ...lake.keys()])]
    .filter((hour) => hour >= first && hour <= last)
    .sort((one, other) => one - other);
  const [begin, end] = [common[0], common.at(-1)];
  const shared = { asked: asked.toISOString() };
  if (begin === undefined || end === undefined)
    return {
      ...shared,
      ...{ hours: null, figures: [], byHour: [], isEqual: false },
      reasons: hours.length === 0 ? [] : ['The lake has none of these hours yet.'],
    };
  const byHour = common.map((hour) => ({
    hour: new Date(hour).toISOString(),
    stream: counted.get(hour)?.events ?? 0,
    lake: lakeEvents(hour),
  }));
  const figures = measures.flatMap(({ measure, title, unit }): ComparedFigure[] => {
    const sums = { stream: 0n, lake: 0n };
    for (const hour of common) {
      const [ofStream, ofLake] = [counted.get(hour), lake.get(hour)];
      const values = [ofStream ? ofStream[measure] : 0, ofLake ? ofLake[measure] : 0] as const;
      if (values[0] === null || values[1] === undefined) return [];
      sums.stream += decimalUnits(values[0]);
      sums.lake += decimalUnits(values[1]);
    }
    const shown = (units: bigint): string =>
      unit === 'mean' ? meanText(units, common.length) : decimalText(units);
    return [
      {
        ...{ title, unit, stream: shown(sums.stream), lake: shown(sums.lake) },
        difference: shown(sums.stream - sums.lake),
      },
    ];
  });
  const isEqual =
    byHour.every((hour) => hour.stream === hour.lake) &&
    figures.every(({ difference }) => isZero(difference));
  return {
    ...shared,
    hours: { first: new Date(begin).toISOString(), last: new Date(end).toISOString() },
    ...{ figures, byHour, isEqual },
    reasons: isEqual ? [] : reasonsOf(byHour, counted, { countedFrom, waiting: records?.waiting }),
  };
}

const isZero = (text: string): boolean => Number(text) === 0;

const meanText = (units: bigint, hours: number): string =>
  (Number(decimalText(units)) / hours).toFixed(meanDigits);

/** Says why the events of hours differ, with numbers that add up to the difference. */
function reasonsOf(
  byHour: LakeComparison['byHour'],
  counted: ReadonlyMap<number, StreamHour>,
  { countedFrom, waiting }: { readonly countedFrom: string | null; readonly waiting: number | undefined },
): readonly string[] {
  const began = Date.parse(countedFrom ?? '');
  let [more, late, before, unseen] = [0, 0, 0, 0];
  for (const { hour, stream, lake } of byHour) {
    if (stream > lake) more += stream - lake;
    const missing = Math.max(0, lake - stream);
    const start = Date.parse(hour);
    const isLate = Math.min(missing, counted.get(start)?.late ?? 0);
    late += isLate;
    if (start < began) before += missing - isLate;
    else unseen += missing - isLate;
  }
  const inLoad = waiting === undefined ? more : Math.min(more, waiting);
  return [
    ...sentence(
      inLoad,
      'is not in the lake yet: the next load brings it.',
      'are not in the lake yet: the next load brings them.',
    ),
    ...sentence(
      more - inLoad,
      'of the stream is not in the lake, and no load waits for it.',
      'of the stream are not in the lake, and no load waits for them.',
    ),
    ...sentence(
      late,
      'came too late for the stream, and the lake has it.',
      'came too late for the stream, and the lake has them.',
    ),
    ...sentence(
      before,
      'of the first hour is from before the stream counted.',
      'of the first hour are from before the stream counted.',
    ),
    ...sentence(
      unseen,
      'of the lake was not seen in the stream: another load, or not delivered yet.',
      'of the lake were not seen in the stream: other loads, or not delivered yet.',
    ),
    ...(more + late + before + unseen === 0 ? ['The events are the same, and the figures are not.'] : []),
  ];
}

const sentence = (events: number, one: string, several: string): readonly string[] =>
  events === 0
    ? []
    : [events === 1 ? `1 event ${one}` : `${events.toLocaleString('en-GB')} events ${several}`];
