import { Temporal } from 'temporal-polyfill';

/** What the clocks of a zone show at an instant: `2024-03-31T00:26:05`. */
export const wallClock = (time: Date, zone: string): string =>
  Temporal.Instant.fromEpochMilliseconds(time.getTime())
    .toZonedDateTimeISO(zone)
    .toPlainDateTime()
    .toString({ smallestUnit: 'second' });

/**
 * The instant that a local time means, to the minute. A skipped local time is read with the offset before the change. A repeated one
 * means the earlier instant (RFC 5545, https://www.rfc-editor.org/rfc/rfc5545#section-3.3.5).
 */
export const instantOf = (local: string, zone: string): Date =>
  new Date(Temporal.PlainDateTime.from(local.slice(0, 16)).toZonedDateTime(zone).epochMilliseconds);
