import type { NumberFormat } from './number-format.ts';
import type { TimeFormat } from './time-format.ts';

/**
 * Cleaning is data: a closed set of steps. Each step has one meaning on every engine.
 *
 * Text steps run on the raw text, in their order; then `required` and `parse`; then the checks.
 * The first failing step of a column gives its reject code. A row is accepted when no column fails.
 *
 * - `trim`: removes white space from both ends. White space is U+0009 to U+000D, U+0020, U+00A0 and U+FEFF,
 *   nothing else (engines disagree on "all Unicode spaces").
 * - `lower-case`: maps A to Z to a to z and leaves every other character alone. Full Unicode lower-casing
 *   differs between engines (final sigma, dotted I), so it is not offered.
 * - `null-texts`: a text that is one of these, letter for letter, becomes null.
 * - `whole-number`: digits with a point and nothing but zeros after it lose both: `17850.0` becomes `17850`. Any other text, such
 *   as `17850.5`, passes as it is, and `parse` rejects it.
 * - `map`: a text that the map has, letter for letter, becomes its value. Any other text passes as it is.
 * - `empty-to-null`: a text of length zero becomes null.
 * - `default`: a null becomes this text, before parsing.
 * - `parse`: reads the text as the column's type; see `table/spellings.ts` for every accepted spelling. A double is never a
 *   negative zero. `time` and `number` say how the texts are written where that is not the usual spelling:
 *   - `time.from`: a count of seconds, milliseconds or microseconds since 1970-01-01 00:00:00 UTC. It may have a fraction or an
 *     exponent (`1.511544070e9`). What lies below the millisecond is cut off. Negative counts are out of range.
 *   - `time.formats`: the text has the form of one of these formats; see `table/time-format.ts` for their tokens. The first one
 *     that matches is read.
 *   - `time.zone`: a time without an offset of its own is a local time of this zone. A local time that the clock leaves out is
 *     read with the offset before the change, so it becomes a later one; of a local time that occurs twice, the earlier instant is
 *     taken. This is the rule of RFC 5545, of java.time and of Temporal (`compatible`). Local times before 1970 and after 2099
 *     are out of range in a zone with a name, whose rules are not certain then.
 *   - `number`: the text is a number in this format; see `table/number-format.ts`. In a column of integers, a fraction of nothing
 *     but zeros is dropped.
 * - `required`: a null is rejected.
 * - `one-of`: the text must be one of these, exactly.
 * - `range`: the value must lie within the bounds. An `exclusive` bound is itself outside.
 * - `pattern`: some part of the text must match; with anchors, the whole text. `^` and `$` match at the start and the end
 *   of the text, never of a line.
 * - `length`: the number of Unicode code points must lie within the bounds.
 */
export type CleaningStep =
  | { readonly step: 'trim' }
  | { readonly step: 'lower-case' }
  | { readonly step: 'null-texts'; readonly texts: readonly string[] }
  | { readonly step: 'whole-number' }
  | { readonly step: 'map'; readonly values: Readonly<Record<string, string>> }
  | { readonly step: 'empty-to-null' }
  | { readonly step: 'default'; readonly text: string }
  | { readonly step: 'parse'; readonly time?: TimeFormat; readonly number?: NumberFormat }
  | { readonly step: 'required' }
  | { readonly step: 'one-of'; readonly values: readonly string[] }
  | {
      readonly step: 'range';
      readonly minimum?: RangeBound;
      readonly maximum?: RangeBound;
    }
  | { readonly step: 'pattern'; readonly source: string }
  | { readonly step: 'length'; readonly minimum?: number; readonly maximum?: number };

/** A bound of a range: a decimal number as text, so that int64 and decimals keep all their digits. */
export interface RangeBound {
  readonly value: string;
  readonly exclusive: boolean;
}

/** The step with this name. */
export type StepOf<Name extends CleaningStep['step']> = Extract<CleaningStep, { step: Name }>;

/** Whether a step reads texts that are not in the usual spelling of the column's type: codes, null texts, or a format. */
export const readsOwnSpelling = (step: CleaningStep): boolean =>
  ['null-texts', 'map', 'whole-number'].includes(step.step) ||
  (step.step === 'parse' && (step.time !== undefined || step.number !== undefined));

/** Removes white space from both ends. */
export const trim = (): StepOf<'trim'> => ({ step: 'trim' });
/** Maps A to Z to a to z. */
export const lowerCase = (): StepOf<'lower-case'> => ({ step: 'lower-case' });
/**
 * Turns each of these texts into null. They are compared letter for letter, after the steps before this one.
 *
 * @example nullTexts('NULL', 'NaN', '\\N')
 */
export const nullTexts = (...texts: readonly string[]): StepOf<'null-texts'> => ({
  step: 'null-texts',
  texts,
});
/** Takes the point and the zeros from a whole number: `17850.0` becomes `17850`. For integer columns. */
export const wholeNumber = (): StepOf<'whole-number'> => ({ step: 'whole-number' });
/**
 * Replaces codes by values. A text that is no code passes as it is. Codes are compared letter for letter, after the steps
 * before this one; several may have one value.
 *
 * @example mapTexts({ pv: 'view', detail: 'view', buy: 'purchase' })
 */
export const mapTexts = (values: Readonly<Record<string, string>>): StepOf<'map'> => ({
  step: 'map',
  values,
});
/** Turns a text of length zero into null. */
export const emptyToNull = (): StepOf<'empty-to-null'> => ({ step: 'empty-to-null' });
/** Turns a null into this text, before parsing. */
export const defaultText = (text: string): StepOf<'default'> => ({ step: 'default', text });
