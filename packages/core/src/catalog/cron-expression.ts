import { z } from 'zod';
import { HeadwaterError } from '../errors/headwater-error.ts';

/** One field of a cron expression: its values, the names of values, and the wildcards of its own. */
interface CronField {
  readonly name: string;
  readonly least: number;
  readonly most: number;
  readonly names?: readonly string[];
  readonly own?: RegExp;
}

const months = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const days = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

const minutes: CronField = { name: 'minutes', least: 0, most: 59 };
const fields: readonly CronField[] = [
  minutes,
  { name: 'hours', least: 0, most: 23 },
  { name: 'day of month', least: 1, most: 31, own: /^(\?|L|\d{1,2}W)$/ },
  { name: 'month', least: 1, most: 12, names: months },
  { name: 'day of week', least: 1, most: 7, names: days, own: /^(\?|[1-7]?L|[1-7]#[1-5])$/ },
  { name: 'year', least: 1970, most: 2199 },
];

/** Glue starts nothing more often. */
const leastMinutes = 5;

/**
 * What a text is not, as a cron expression of AWS: six fields in UTC, of which exactly one of the two days is `?`, and minutes that are
 * at least 5 apart. It is the same for DataBrew (https://docs.aws.amazon.com/databrew/latest/dg/jobs.cron.html) and for crawlers
 * (https://docs.aws.amazon.com/glue/latest/dg/monitor-data-warehouse-schedule.html).
 *
 * @returns what is expected, or undefined for a cron expression
 */
function cronProblem(text: string): string | undefined {
  const parts = /^cron\((\S+(?: \S+)*)\)$/.exec(text)?.[1]?.split(' ') ?? [];
  const [ofMinutes = '', , dayOfMonth, , dayOfWeek] = parts;
  if (parts.length !== fields.length)
    return 'six fields in UTC, cron(<minutes> <hours> <day of month> <month> <day of week> <year>), with ? for one of the two days';
  const wrong = fields.findIndex((field, index) => !isOfField(field, parts[index] ?? ''));
  const field = fields[wrong];
  if (field)
    return `the ${field.name} from ${field.least} to ${field.most} in place ${wrong + 1} of cron(...)`;
  if ((dayOfMonth === '?') === (dayOfWeek === '?'))
    return '? for one of the two days, the day of the month or that of the week';
  if (leastGap(valuesOf(minutes, ofMinutes)) < leastMinutes)
    return `minutes that are at least ${leastMinutes} apart`;
  return undefined;
}

/** A cron expression in a config. */
export const cronExpression = z.string('must be a cron expression').superRefine((text, context) => {
  const problem = cronProblem(text);
  if (problem !== undefined) context.addIssue({ code: 'custom', message: `must be ${problem}` });
});

/**
 * Checks a cron expression in an option.
 *
 * @param option the name of the option, for the message
 * @returns the text as given
 * @throws HeadwaterError `OPTION_INVALID` with the field that is wrong
 * @example checkedCron('schedule', 'cron(15 12 * * ? *)') // every day at 12:15 UTC
 */
export function checkedCron(option: string, given: string): string {
  const expected = cronProblem(given);
  if (expected !== undefined) throw new HeadwaterError('OPTION_INVALID', { option, value: given, expected });
  return given;
}

const isOfField = (field: CronField, text: string): boolean =>
  field.own?.test(text) === true || text.split(',').every((item) => itemValues(field, item) !== undefined);

const valuesOf = (field: CronField, text: string): number[] =>
  text.split(',').flatMap((item) => itemValues(field, item) ?? []);

/** The values of `*`, `5`, `MON`, `1-5` or any of them with `/step`. Undefined for another text, or a value out of range. */
function itemValues({ least, most, names = [] }: CronField, item: string): number[] | undefined {
  const [, from = '', to, step = '1'] = /^(\*|\w+)(?:-(\w+))?(?:\/(\d+))?$/.exec(item) ?? [];
  const numberOf = (text: string): number => {
    const named = names.indexOf(text.toUpperCase());
    return named >= 0 ? least + named : /^\d+$/.test(text) ? Number(text) : Number.NaN;
  };
  const isOpen = from === '*' || item.includes('/');
  const first = from === '*' ? least : numberOf(from);
  const last = to === undefined ? (isOpen ? most : first) : numberOf(to);
  const isRange = least <= first && first <= last && last <= most;
  if (!isRange || Number(step) < 1 || (from === '*' && to !== undefined)) return undefined;
  const by = Number(step);
  return Array.from({ length: Math.floor((last - first) / by) + 1 }, (_, index) => first + index * by);
}

/** The smallest distance between two of the minutes, over the end of the hour as well. */
function leastGap(values: readonly number[]): number {
  const sorted = [...new Set(values)].sort((left, right) => left - right);
  const [first = 0] = sorted;
  return Math.min(...sorted.map((minute, index) => (sorted[index + 1] ?? first + 60) - minute));
}
