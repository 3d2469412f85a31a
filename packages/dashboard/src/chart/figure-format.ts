import type { AnswerColumn } from '@headwater/queries';

/** How people read the values of a measure. It follows from the kind and the unit of the measure, never from a setting. */
export interface FigureFormat {
  readonly kind: 'count' | 'money' | 'share' | 'points' | 'seconds' | 'number';
  /** Digits behind the point. A share has two where all values of the answer are below 10%, and else one. */
  readonly digits: number;
  /** The unit of the values, such as `USD`; absent for counts and shares. */
  readonly unit?: string;
}

/** The format of a declared measure. */
export function figureFormat(column: AnswerColumn, columns: readonly AnswerColumn[]): FigureFormat {
  const unit = column.unit === undefined ? {} : { unit: column.unit };
  switch (column.kind) {
    case 'count':
    case 'distinct':
      return { kind: 'count', digits: 0 };
    case 'amount':
      return { kind: 'money', digits: 2, ...unit };
    case 'duration':
      return timeFormat(column.unit) ?? { kind: 'number', digits: 1, ...unit };
    case 'ratio':
      if (column.isShare) return { kind: 'share', digits: 1 };
      return timeFormat(column.unit) ?? ratioFormat(column, columns);
    case 'difference': {
      const minuend = columns.find(({ name }) => name === column.minuend);
      const own = minuend && figureFormat(minuend, columns);
      return own?.kind === 'share' ? { kind: 'points', digits: 1 } : (own ?? { kind: 'number', digits: 2 });
    }
    default:
      throw new TypeError(`${column.name} is no measure.`);
  }
}

const timeFormat = (unit: string | undefined): FigureFormat | undefined =>
  unit === 's' ? { kind: 'seconds', digits: 0, unit } : undefined;

/** An amount for each order is money; events for each session are a number. */
function ratioFormat({ numerator, unit }: AnswerColumn, columns: readonly AnswerColumn[]): FigureFormat {
  const of = columns.find(({ name }) => name === numerator);
  const kind = of?.kind === 'amount' || (of === undefined && unit !== undefined) ? 'money' : 'number';
  return { kind, digits: 2, ...(unit === undefined ? {} : { unit }) };
}

/** The format for these values: shares that are all below 10% have a second digit. */
export const formatFor = (format: FigureFormat, values: readonly (number | null)[]): FigureFormat =>
  format.kind === 'share' && values.every((value) => value === null || Math.abs(value) < 0.1)
    ? { ...format, digits: 2 }
    : format;

const fixed = (digits: number): Intl.NumberFormat =>
  new Intl.NumberFormat('en-GB', { minimumFractionDigits: digits, maximumFractionDigits: digits });
const formats: readonly Intl.NumberFormat[] = [0, 1, 2].map(fixed);

/** A number with grouped digits, a true minus sign, and no minus before a zero. */
function digitsText(value: number, digits: number): string {
  const text = (formats[digits] ?? fixed(digits)).format(Math.abs(value));
  return value < 0 && /[1-9]/.test(text) ? `−${text}` : text;
}

/**
 * A value in words, with its unit where people write one: `21,168`, `5,346,615.19`, `6.76%`, `−0.2 pt`, `4 min 12 s`. A missing
 * value is an en dash, and a unit stays beside its number. Money has no currency here: the title of the column has it.
 *
 * @example figureText(0.0676, { kind: 'share', digits: 2 }) // '6.76%'
 */
export function figureText(value: number | null, format: FigureFormat): string {
  if (value === null) return '–';
  switch (format.kind) {
    case 'share':
      return `${digitsText(value * 100, format.digits)}%`;
    case 'points':
      return `${digitsText(value * 100, format.digits)}\u00a0pt`;
    case 'seconds':
      return secondsText(value);
    default:
      return digitsText(value, format.digits);
  }
}

/** Seconds as people say them: `48 s`, `4 min 12 s`, `2 h 05 min`. */
function secondsText(value: number): string {
  const seconds = Math.round(Math.abs(value));
  const sign = value < 0 && seconds > 0 ? '−' : '';
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60)];
  if (hours > 0) return `${sign}${hours} h ${String(minutes).padStart(2, '0')} min`;
  return minutes > 0 ? `${sign}${minutes} min ${seconds % 60} s` : `${sign}${seconds} s`;
}

/**
 * A value as short as an axis needs it: `1.25 M`, `680 k`, `20,500`, `6.5%`. Nothing is lost that the grid line has.
 *
 * @param largest of the axis, by which all its values are written: `50 k` below `200 k`
 */
export function axisText(value: number, format: FigureFormat, largest = value): string {
  if (value === 0 && format.kind !== 'share' && format.kind !== 'seconds') return '0';
  const magnitude = Math.abs(largest);
  if (format.kind === 'share' || format.kind === 'points')
    return `${trimmed(value * 100)}${format.kind === 'share' ? '%' : ' pt'}`;
  if (format.kind === 'seconds') return secondsText(value);
  if (magnitude >= 1e9) return `${trimmed(value / 1e9)} bn`;
  if (magnitude >= 1e6) return `${trimmed(value / 1e6)} M`;
  if (magnitude >= 1e5) return `${trimmed(value / 1e3)} k`;
  return trimmed(value);
}

const upTo = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 3 });
const trimmed = (value: number): string => upTo.format(value).replace('-', '−');
