/** The smallest unit of a date format. */
export type DatePrecision = 'year' | 'month' | 'week' | 'day' | 'hour' | 'minute' | 'second';

/** A date format, as far as it can be checked without Java. */
export interface DateFormat {
  /** Undefined when the format has no field. */
  readonly precision: DatePrecision | undefined;
  /** The problems of the format, in words. */
  readonly problems: readonly string[];
  /** The instant of a text in this format. Undefined for a text in another format; null when the format is not supported here. */
  parse(text: string): Date | undefined | null;
}

const precisions: readonly DatePrecision[] = ['year', 'month', 'week', 'day', 'hour', 'minute', 'second'];

/** Java's pattern letters by their field (https://docs.oracle.com/javase/8/docs/api/java/time/format/DateTimeFormatter.html). */
const letters: Readonly<Record<string, DatePrecision | 'other'>> = {
  ...of('yuY', 'year'),
  ...of('MLQq', 'month'),
  ...of('wW', 'week'),
  ...of('dDEecF', 'day'),
  ...of('aHhKk', 'hour'),
  ...of('m', 'minute'),
  ...of('sSAnN', 'second'),
  ...of('GVvzOXxZp', 'other'),
};

/** The supported fields with their digits, in the order of Date.UTC. */
const readable: readonly (readonly [field: RegExp, digits: string])[] = [
  [/^[yu]{4}$/, '[0-9]{4}'],
  [/^MM$/, '[0-9]{2}'],
  [/^dd$/, '[0-9]{2}'],
  [/^HH$/, '[0-9]{2}'],
  [/^mm$/, '[0-9]{2}'],
  [/^ss$/, '[0-9]{2}'],
];

function of<Value>(names: string, value: Value): Record<string, Value> {
  return Object.fromEntries([...names].map((name) => [name, value]));
}

const escapeRegex = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');

/**
 * Reads a pattern of Java's DateTimeFormatter.
 * @example dateFormat('yyyy-MM-dd').parse('2019-10-01') // 2019-10-01T00:00:00.000Z
 */
export function dateFormat(pattern: string): DateFormat {
  const problems: string[] = [];
  const found = new Set<DatePrecision>();
  const fields: number[] = [];
  let source = '';
  let isReadable = true;
  for (const [part] of pattern.matchAll(/'[^']*'?|([A-Za-z])\1*|[^A-Za-z']/g)) {
    const [sign = ''] = part;
    if (sign === "'") {
      if (part.length === 1 || !part.endsWith("'"))
        problems.push(`format "${pattern}" has an unclosed quote`);
      source += escapeRegex(part === "''" ? "'" : part.slice(1, -1));
    } else if (/[A-Za-z]/.test(sign)) {
      const precision = letters[sign];
      if (precision === undefined)
        problems.push(
          `format "${pattern}" has the letter ${sign}, which is not a pattern letter; quote it: '${sign}'`,
        );
      else if (precision !== 'other') found.add(precision);
      const field = readable.findIndex(([letter]) => letter.test(part));
      isReadable &&= field >= 0;
      fields.push(field);
      source += `(${readable[field]?.[1]})`;
    } else if (/[[\]{}#]/.test(sign)) {
      problems.push(`format "${pattern}" has the character ${sign}, which is reserved; quote it: '${sign}'`);
      isReadable = false;
    } else source += escapeRegex(sign);
  }
  if (found.size === 0) problems.push(`format "${pattern}" has no date field`);
  return {
    precision: precisions.findLast((precision) => found.has(precision)),
    problems,
    parse: (text) => (isReadable ? readDate(new RegExp(`^${source}$`), fields, text) : null),
  };
}

function readDate(regex: RegExp, fields: readonly number[], text: string): Date | undefined {
  const match = regex.exec(text);
  if (!match) return undefined;
  const values = [1970, 1, 1, 0, 0, 0];
  for (const [index, field] of fields.entries()) values[field] = Number(match[index + 1]);
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = values;
  const date = new Date(Date.UTC(2000, month - 1, day, hour, minute, second));
  // Date.UTC treats years below 100 as 19xx.
  date.setUTCFullYear(year, month - 1, day);
  const isReal = date.getUTCMonth() === month - 1 && date.getUTCDate() === day && hour < 24 && minute < 60;
  return isReal && second < 60 ? date : undefined;
}
