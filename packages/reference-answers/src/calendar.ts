import { Temporal } from 'temporal-polyfill';

/** What a clock on the wall of a zone says at an instant. */
export interface LocalTime {
  /** `YYYY-MM-DD` */
  readonly day: string;
  readonly hour: number;
  /** 1 is Monday, 7 is Sunday. */
  readonly weekday: number;
  /** The hour with the offset that is in force: `2019-10-27T01:00:00+01:00`, or `...Z` in UTC. */
  readonly hourText: string;
}

export type Grain = 'hour' | 'day' | 'week' | 'month' | 'all';

const dayMilliseconds = 86_400_000;

/** The days and hours of a zone, by the Temporal proposal. */
export class Calendar {
  private readonly known = new Map<number, LocalTime>();
  private readonly zone: string;

  constructor(zone: string) {
    this.zone = zone;
  }

  at(time: Date): LocalTime {
    // No zone's clock changes within a minute.
    const minute = Math.floor(time.getTime() / 60_000);
    const known = this.known.get(minute);
    if (known) return known;
    const local = Temporal.Instant.fromEpochMilliseconds(minute * 60_000).toZonedDateTimeISO(this.zone);
    const hour = String(local.hour).padStart(2, '0');
    const day = local.toPlainDate().toString();
    const offset = this.zone === 'UTC' ? 'Z' : local.offset;
    const made = {
      day,
      hour: local.hour,
      weekday: local.dayOfWeek,
      hourText: `${day}T${hour}:00:00${offset}`,
    };
    this.known.set(minute, made);
    return made;
  }

  /** The first instant of a day. */
  startOf(day: string): Date {
    return new Date(Temporal.PlainDate.from(day).toZonedDateTime(this.zone).epochMilliseconds);
  }
}

/** A day moved by some days. */
export const plusDays = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * dayMilliseconds).toISOString().slice(0, 10);

/** How many days the second is after the first. */
export const daysBetween = (earlier: string, later: string): number =>
  (Date.parse(`${later}T00:00:00Z`) - Date.parse(`${earlier}T00:00:00Z`)) / dayMilliseconds;

/** The first day of the week or month that a day is in; weeks begin on Monday. */
export function firstDayOf(unit: 'day' | 'week' | 'month', day: string): string {
  if (unit === 'month') return `${day.slice(0, 7)}-01`;
  return unit === 'week' ? plusDays(day, -((daysBetween('2024-01-01', day) % 7) + 7) % 7) : day;
}

/** How many periods the second is after the first, both being first days of one. */
export function periodsBetween(unit: 'day' | 'week' | 'month', earlier: string, later: string): number {
  if (unit !== 'month') return daysBetween(earlier, later) / (unit === 'week' ? 7 : 1);
  const months = (day: string) => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7));
  return months(later) - months(earlier);
}
