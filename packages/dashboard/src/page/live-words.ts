import type { LiveFigures } from '../api/api.ts';

/** Seconds without an event after which a stream is said to stand still. */
const standsAfter = 30;

/** How a stream goes, in a word for the eye and a sentence. */
export interface LiveStatus {
  readonly tone: 'on' | 'still' | 'off';
  readonly word: string;
  readonly sentence: string;
}

/**
 * Says how fresh the figures of a stream are.
 *
 * @param zone the time zone of the events
 */
export function liveStatus(
  figures: LiveFigures | undefined,
  { age, isConnected, isPaused }: { age: number | undefined; isConnected: boolean; isPaused: boolean },
  zone: string,
): LiveStatus {
  if (!figures) return { tone: 'still', word: 'Waiting', sentence: 'Waiting for the first figures.' };
  const { newest, speed, isEnded } = figures;
  if (!newest || age === undefined)
    return isEnded
      ? { tone: 'off', word: 'Ended', sentence: 'The stream has ended without an event.' }
      : { tone: 'still', word: 'Waiting', sentence: 'Waiting for the first event.' };
  const upTo = `As of ${instantWords(newest.time, zone)}.`;
  if (isPaused) return { tone: 'still', word: 'Paused', sentence: `${upTo} These figures stand still.` };
  if (!isConnected)
    return {
      tone: 'off',
      word: 'No connection',
      sentence: `${upTo} The server does not answer; these are the last figures.`,
    };
  if (isEnded) return { tone: 'off', word: 'Ended', sentence: `${upTo} The stream has ended.` };
  if (age >= standsAfter)
    return {
      tone: 'off',
      word: `Stopped for ${durationWords(age)}`,
      sentence: `${upTo} Nothing has come since ${clockWords(newest.arrived)}, your time.`,
    };
  const pace = speed === null ? '' : ` Played ${count.format(speed)} times as fast as it happened.`;
  return {
    tone: 'on',
    word: age < 2 ? 'Live' : `Newest event ${Math.round(age)} s ago`,
    sentence: `${upTo}${pace}`,
  };
}

const count = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 0 });

/** `Tue 1 Oct 2019, 14:32:10 UTC` */
export function instantWords(instant: string, zone: string): string {
  const text = new Intl.DateTimeFormat('en-GB', {
    ...{ weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' },
    ...{ hour: '2-digit', minute: '2-digit', second: '2-digit', timeZone: zone },
  }).format(new Date(instant));
  return `${text.replace(/^(\w+), /, '$1 ')} ${zone}`;
}

/** `1 Oct, 14:00` */
export const hourWords = (instant: string, zone: string): string =>
  new Intl.DateTimeFormat('en-GB', {
    ...{ day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', timeZone: zone },
  }).format(new Date(instant));

/** The hours from one to another, whole: `1 Oct, 00:00 to 10:00`. */
export function spanWords(first: string, last: string, zone: string): string {
  const [begin, end] = [hourWords(first, zone), hourWords(afterHour(last), zone)];
  const day = begin.slice(0, begin.indexOf(','));
  return `${begin} to ${end.startsWith(`${day},`) ? end.slice(day.length + 2) : end}`;
}

const afterHour = (instant: string): string => new Date(Date.parse(instant) + 3_600_000).toISOString();

/** `14:32`, in the zone of the events. */
export const minuteWords = (instant: string, zone: string): string =>
  new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone: zone }).format(
    new Date(instant),
  );

/** `14:32:10`, in the zone of the reader. */
const clockWords = (instant: string): string =>
  new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' }).format(
    new Date(instant),
  );

function durationWords(seconds: number): string {
  if (seconds < 120) return `${Math.floor(seconds)} s`;
  if (seconds < 7200) return `${Math.floor(seconds / 60)} min`;
  return `${Math.floor(seconds / 3600)} h`;
}
