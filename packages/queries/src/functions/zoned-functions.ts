import { type Expression, type RawBuilder, sql } from 'kysely';
import type { FunctionName, FunctionTable } from './function-table.ts';
import { instantOfMidnight, type LocalClock, localHour, localTime, offsetText } from './local-clock.ts';

type Zoned<Name extends FunctionName> = (
  own: FunctionTable,
  clock: LocalClock,
  ...parameters: Parameters<FunctionTable[Name]>
) => RawBuilder<unknown>;

/**
 * The functions of time that depend on a zone, in terms of an engine's own. Times stay instants: the first instant of a local
 * day is compared with others as any instant is.
 */
const zonedFunctions: { readonly [Name in FunctionName]?: Zoned<Name> } = {
  localTime: (own, clock, time) => sql`${localTime(own, clock, time)}`,
  hourOfDay: (own, clock, time) => own.hourOfDay(localTime(own, clock, time)),
  weekday: (own, clock, time) => own.weekday(localTime(own, clock, time)),
  truncateTime: (own, clock, unit, time) =>
    unit === 'hour'
      ? localHour(own, clock, time)
      : instantOfMidnight(own, clock, own.truncateTime(unit, localTime(own, clock, time))),
  periodStartText: (own, clock, unit, time) =>
    unit === 'hour'
      ? own.joinTexts(own.timeText(localTime(own, clock, time)), offsetText(own, clock, time))
      : own.periodStartText(unit, localTime(own, clock, time)),
  // From midnight to midnight: where the clock skips midnight, a day begins at one o'clock, and the day before it is no whole one.
  periodsBetween: (own, clock, unit, earlier, later) => {
    if (unit === 'hour') return own.periodsBetween(unit, earlier, later);
    const midnight = (time: Expression<Date>) => own.truncateTime(unit, localTime(own, clock, time));
    return own.periodsBetween(unit, midnight(earlier), midnight(later));
  },
};

/**
 * A function of an engine, for a query whose days are those of a zone.
 *
 * @param clock the clock of the zone; undefined for UTC
 * @returns undefined for a name that the engine's table does not have
 */
export function functionOn(
  own: FunctionTable,
  clock: LocalClock | undefined,
  name: string,
): ((...parameters: readonly unknown[]) => RawBuilder<unknown>) | undefined {
  if (!Object.hasOwn(own, name)) return undefined;
  // The builders in functions.ts give each function its own parameters.
  type Write = (...parameters: readonly unknown[]) => RawBuilder<unknown>;
  const zoned = clock && (zonedFunctions[name as FunctionName] as Write | undefined);
  return zoned ? (...parameters) => zoned(own, clock, ...parameters) : (own[name as FunctionName] as Write);
}
