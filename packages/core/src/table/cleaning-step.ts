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
 * - `empty-to-null`: a text of length zero becomes null.
 * - `default`: a null becomes this text, before parsing.
 * - `parse`: reads the text as the column's type; see `clean/spellings.ts` for every accepted spelling. A double is never a
 *   negative zero.
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
  | { readonly step: 'empty-to-null' }
  | { readonly step: 'default'; readonly text: string }
  | { readonly step: 'parse' }
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

/** Removes white space from both ends. */
export const trim = (): CleaningStep => ({ step: 'trim' });
/** Maps A to Z to a to z. */
export const lowerCase = (): CleaningStep => ({ step: 'lower-case' });
/** Turns a text of length zero into null. */
export const emptyToNull = (): CleaningStep => ({ step: 'empty-to-null' });
/** Turns a null into this text, before parsing. */
export const defaultText = (text: string): CleaningStep => ({ step: 'default', text });
