import { type Column, HeadwaterError } from '@headwater/core';
import { type ValueText, valueText } from '../record/event-line.ts';

type ParseStep = Extract<Column['steps'][number], { step: 'parse' }>;
type EpochUnit = NonNullable<NonNullable<ParseStep['time']>['from']>;
type NumberFormat = NonNullable<ParseStep['number']>;

/** Formats in which `toISOString()` can be read. */
const isoFormats = ['YYYY-MM-DD[T]HH:mm:ss.SSSZ', 'YYYY-MM-DD[T]HH:mm:ss.SZ'];

/** An instant as the count that the definition reads: exact, which a count of microseconds as a double is not. */
const counts: { readonly [Unit in EpochUnit]: (milliseconds: number) => string } = {
  'epoch-seconds': (milliseconds) => String(milliseconds / 1000),
  'epoch-milliseconds': String,
  'epoch-microseconds': (milliseconds) => String(BigInt(milliseconds) * 1000n),
};

/**
 * How a producer writes the values of a column, so that the definition reads them: as usual, except for times that are counts and for
 * numbers in a format of their own.
 *
 * @throws HeadwaterError `STREAM_UNSUPPORTED` for a time that is read in formats without room for an instant
 */
export function readableText(table: string, column: Column): ValueText {
  const { name, steps } = column;
  const usual = valueText(column);
  const { time, number } = steps.find((step): step is ParseStep => step.step === 'parse') ?? {};
  if (time?.from) {
    const count = counts[time.from];
    return (value: Date) => count(value.getTime());
  }
  if (time?.formats && !time.formats.some((format) => isoFormats.includes(format)))
    throw new HeadwaterError('STREAM_UNSUPPORTED', {
      table,
      problem: `${name} is read in ${time.formats.join(' or ')}, and a producer writes 2026-01-31T12:00:00.000Z`,
      fix: `Add '${isoFormats[0]}' to its formats`,
    });
  return number ? formattedNumber(number, usual) : usual;
}

/** Digits in the format of the column, as a text: without marks between groups and without a currency, which no format requires. */
function formattedNumber({ decimal = '.', negative = 'leading' }: NumberFormat, usual: ValueText): ValueText {
  return (value) => {
    const plain = usual(value).replaceAll('"', '');
    const digits = plain.replace('-', '').replace('.', decimal);
    const signed = { leading: `-${digits}`, trailing: `${digits}-`, parentheses: `(${digits})` };
    return `"${plain.startsWith('-') ? signed[negative] : digits}"`;
  };
}
