import { HeadwaterError } from '@headwater/core';

const dayMs = 86_400_000;
const unitDays = { d: 1, w: 7 };
const unitMonths = { m: 1, y: 12 };

/**
 * The first UTC day that is not older than an age. A day is older than `90d` when 90 whole days lie between it and today.
 *
 * @param age days (`90`, `90d`), weeks (`12w`), months (`6m`) or years (`2y`), also as an ISO 8601 duration of one unit (`P90D`); or a day
 *   (`2024-01-31`), which is itself the first one. Months and years are those of the calendar: six months before 31 August is the last day of
 *   February
 * @returns a day, `YYYY-MM-DD`
 * @throws HeadwaterError `OPTION_INVALID` for another text, and for a day after today: it is more likely a slip than meant
 * @example firstKeptDay('90d', new Date('2024-05-01')) // '2024-02-01'
 */
export function firstKeptDay(age: string, now: Date): string {
  const today = now.toISOString().slice(0, 10);
  const [, digits = '', unit = 'd'] = /^(?:P(?=\d+[a-z]$))?(\d{1,5})([dwmy])?$/i.exec(age) ?? [];
  const day = digits === '' ? givenDay(age) : dayBefore(today, Number(digits), unit.toLowerCase());
  if (day !== undefined && day <= today) return day;
  throw new HeadwaterError('OPTION_INVALID', {
    option: 'older-than',
    value: age,
    expected: 'an age such as 90d, 12w, 6m or 2y, or a day until today, such as 2024-01-31',
  });
}

function givenDay(text: string): string | undefined {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return undefined;
  const day = new Date(`${text}T00:00:00Z`);
  // JavaScript takes 30 February for 1 March.
  return Number.isNaN(day.getTime()) || dayOf(day) !== text ? undefined : text;
}

function dayBefore(today: string, count: number, unit: string): string | undefined {
  const day = new Date(`${today}T00:00:00Z`);
  if (unit in unitDays) day.setTime(day.getTime() - count * unitDays[unit as keyof typeof unitDays] * dayMs);
  else {
    const dayOfMonth = day.getUTCDate();
    day.setUTCDate(1);
    day.setUTCMonth(day.getUTCMonth() - count * unitMonths[unit as keyof typeof unitMonths]);
    const lastOfMonth = new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + 1, 0)).getUTCDate();
    day.setUTCDate(Math.min(dayOfMonth, lastOfMonth));
  }
  return day.getUTCFullYear() < 1 ? undefined : dayOf(day);
}

const dayOf = (date: Date): string => date.toISOString().slice(0, 10);
