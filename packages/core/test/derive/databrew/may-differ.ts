import type { Column, DataBrewDifferenceCode } from '../../../src/index.ts';
import { isIntegerKind } from '../../../src/table/data-type.ts';
import { isTextStep, textStepRunner } from '../../../src/table/text-step.ts';
import { trimText } from '../../../src/table/white-space.ts';

/** A text of a column, before and after the column's text steps. */
interface Cell {
  readonly column: Column;
  /** The text before each step, and after the last one. */
  readonly texts: readonly (string | null)[];
  /** The text that is parsed. */
  readonly text: string;
  /** Whether the definition rejects it. */
  readonly isBad: boolean;
}

const trimUnicode = (text: string): string => text.replaceAll(/^\p{White_Space}+|\p{White_Space}+$/gu, '');
const isTime = /^\d{4}-\d\d-\d\d[ T]([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d+)?( ?(Z|UTC|GMT))?$/;
/** Plain digits, as a cast is sure to read them. Those of a count of seconds have no sign. */
const digits = { whole: /^-?\d+$/, number: /^-?\d+(\.\d+)?$/, count: /^\d+$/ };
const never = (): boolean => false;
const everywhere =
  (test: (text: string) => boolean) =>
  ({ texts }: Cell) =>
    texts.some((text) => text !== null && test(text));

/** The texts for which each difference is declared. Any other text has to be cleaned alike. */
const cells: Readonly<Record<DataBrewDifferenceCode, (cell: Cell) => boolean>> = {
  'white-space': everywhere((text) => trimUnicode(text) !== trimText(text)),
  'letter-case': everywhere(
    (text) => text.toLowerCase() !== text.replaceAll(/[A-Z]/g, (one) => one.toLowerCase()),
  ),
  'empty-is-missing': everywhere((text) => text === ''),
  'whole-number': everywhere((text) => /\.0|\.$/.test(text)),
  'map-cycle': ({ column, texts }) =>
    column.steps.some(
      (step) =>
        step.step === 'map' && texts.some((text) => text !== null && Object.hasOwn(step.values, text)),
    ),
  'map-to-empty': everywhere((text) => text === ''),
  'cast-spelling': ({ column: { type }, text }) =>
    /\d|nan|inf/i.test(text) &&
    !digits[type.kind === 'timestamp' ? 'count' : isIntegerKind(type.kind) ? 'whole' : 'number'].test(text),
  'negative-zero': ({ text }) => text.startsWith('-') && Number(text) === 0,
  'decimal-scale': ({ column: { type }, text }) =>
    type.kind === 'decimal' && (/\.(\d*)/.exec(text)?.[1]?.length ?? 0) > type.scale,
  'decimal-precision': ({ text }) => /[1-9]\d{20,}|\.\d{19,}/.test(text),
  'time-spelling': ({ column: { type }, text }) =>
    type.kind === 'date'
      ? !/^\d{4}-\d\d-\d\d$/.test(text) || text.startsWith('0000')
      : !isTime.test(text) || text.startsWith('0000'),
  'time-offset': ({ text }) => /[+-]\d\d(:?\d\d)?$/.test(text),
  'sub-second': ({ text }) => /\.\d*[1-9]|[eE]-/.test(text),
  'text-stays': () => true,
  'bad-value-null': ({ isBad }) => isBad,
  'not-checked': ({ isBad }) => isBad,
  'missing-mark': ({ text }) => text === '(missing)',
  // They concern what becomes of a row that is removed, other columns, or other rows.
  'no-reason': never,
  'not-counted': never,
  'not-read': never,
  'other-columns': never,
  'duplicate-key': never,
  'duplicate-kept': never,
  'landing-only': never,
};

/** The declared differences that may concern a text of a column. */
export function mayDiffer(
  column: Column,
  codes: readonly DataBrewDifferenceCode[],
  raw: string | null,
  isBad: boolean,
): DataBrewDifferenceCode[] {
  const texts = [raw];
  for (const step of column.steps.filter(isTextStep)) texts.push(textStepRunner(step)(texts.at(-1) ?? null));
  const cell = { column, texts, text: texts.at(-1) ?? '', isBad };
  return codes.filter((code) => cells[code](cell));
}
