import { type DateFormat, dateFormat } from './date-format.ts';
import { isTextType, type ProjectionCheck, positiveProblem } from './projected-key.ts';
import { projectionUnits } from './projection.ts';

/** The rules of date projection (https://docs.aws.amazon.com/athena/latest/ug/partition-projection-supported-types.html). */
export const dateCheck: ProjectionCheck = {
  properties: ['format', 'range', 'interval', 'interval.unit'],
  problems({ hiveType, texts }, now) {
    const { format: pattern, range, interval, 'interval.unit': unit } = texts;
    const format = pattern ? dateFormat(pattern) : undefined;
    const isKnown = unit === undefined || projectionUnits.some((one) => one === unit.trim().toUpperCase());
    const isWholeStep = format === undefined || format.precision === 'day' || format.precision === 'month';
    return [
      ...(isTextType(hiveType) || hiveType === 'date' || hiveType === 'timestamp'
        ? []
        : [`is ${hiveType}, which cannot store a date`]),
      ...(format ? format.problems : ['has no format']),
      ...positiveProblem('interval', interval),
      ...(isKnown ? [] : [`interval.unit "${unit}" is not one of ${projectionUnits.join(', ')}`]),
      ...(isWholeStep || (interval !== undefined && unit !== undefined)
        ? []
        : [`format "${pattern}" does not end at days or months, so it needs interval and interval.unit`]),
      ...(range === undefined ? ['has no range'] : rangeProblems(range, format, now)),
    ];
  },
};

/** Athena's grammar: in capitals, and without milliseconds. */
const nowPattern = /^\s*NOW\s*(?:([+-])\s*([0-9]+)\s*(YEAR|MONTH|WEEK|DAY|HOUR|MINUTE|SECOND)S?\s*)?$/;

const seconds: Readonly<Record<string, number>> = {
  WEEK: 604_800,
  DAY: 86_400,
  HOUR: 3_600,
  MINUTE: 60,
  SECOND: 1,
};

interface End {
  readonly isNow: boolean;
  /** Undefined when it is unknown. */
  readonly at: Date | undefined;
}

/** An arbitrary day, for comparing NOW with NOW. */
const anyDay = new Date('2024-02-15T00:00:00Z');

/** An end of a range, NOW resolved. Undefined when the text is neither a date in the format nor NOW with an offset. */
export function projectionEnd(text: string, format: DateFormat | undefined, now: Date): End | undefined {
  const [isNow, sign = '+', count = '0', unit = 'SECOND'] = nowPattern.exec(text) ?? [];
  if (isNow !== undefined) {
    const amount = Number(`${sign}${count}`);
    const at = new Date(now);
    const months = unit === 'YEAR' ? amount * 12 : unit === 'MONTH' ? amount : 0;
    at.setUTCMonth(at.getUTCMonth() + months);
    at.setTime(at.getTime() + amount * (seconds[unit] ?? 0) * 1000);
    return { isNow: true, at };
  }
  const at = format?.parse(text);
  return at === undefined && format !== undefined ? undefined : { isNow: false, at: at ?? undefined };
}

function rangeProblems(range: string, format: DateFormat | undefined, now: Date | undefined): string[] {
  const texts = range.split(',');
  if (texts.length !== 2) return [`range "${range}" is not two dates with a comma between them`];
  const ends = texts.map((text) => projectionEnd(text, format, now ?? anyDay));
  const wrong = texts.filter((_, index) => ends[index] === undefined);
  const [first, last] = ends;
  const isComparable = first?.isNow === last?.isNow || now !== undefined;
  const isReversed = isComparable && first?.at && last?.at && first.at > last.at;
  return [
    ...wrong.map(
      (text) => `range has "${text}", which is neither a date in its format nor NOW with an offset`,
    ),
    ...(isReversed ? [`range begins at ${texts[0]}, after its end ${texts[1]}`] : []),
  ];
}
