import { spanOf, type TimeRange, withinTime } from '../range/time-range.ts';

/**
 * What is read so that the sessions of a range are right: the events of `gap` and `longest` before it, as `session-events.ts`
 * proves, and those up to `longest` after it when sessions are needed to their end.
 *
 * @param asked what the metric reads beside the range
 */
export function widenForSessions(
  asked: TimeRange,
  range: TimeRange,
  { gap, longest }: { readonly gap: number; readonly longest: number },
  toTheirEnd: boolean,
): TimeRange {
  const { start, end } = range;
  const needed = {
    start: new Date(start.getTime() - gap - longest),
    end: toTheirEnd ? new Date(end.getTime() + longest) : end,
  };
  return withinTime(spanOf(asked, needed));
}

/** A range with so many milliseconds before it. */
export const beforeRange = ({ start, end }: TimeRange, milliseconds: number): TimeRange =>
  withinTime({ start: new Date(start.getTime() - milliseconds), end });
