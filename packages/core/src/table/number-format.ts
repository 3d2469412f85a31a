import type { DefinitionProblem } from '../errors/definition-problem.ts';
import { escapePattern } from './escape-pattern.ts';

/** How the numbers of a column are written. The `parse` step carries it. */
export interface NumberFormat {
  /** The mark before the fraction. Defaults to `.`. */
  readonly decimal?: '.' | ',';
  /**
   * The mark between groups of three digits. A number has it between all of its groups or between none. A space means U+0020,
   * U+00A0 or U+202F. Defaults to no mark.
   */
  readonly group?: ',' | '.' | ' ' | "'";
  /**
   * The spellings of one currency, such as `['EUR', '€']`. One of them may stand before the number and one after it, with or
   * without a space between. They are removed.
   */
  readonly currency?: readonly string[];
  /** Where the sign of a negative number is: `leading` (the default), `trailing` (`5.00-`), or `parentheses` (`(5.00)`). */
  readonly negative?: 'leading' | 'trailing' | 'parentheses';
}

/** The groups of {@link numberPattern}, in their order. */
export const numberFields = ['sign', 'inner_sign', 'whole', 'fraction', 'bare_fraction', 'end_sign'] as const;

const space = '[ \u00a0\u202f]';

/**
 * The whole text of a number in a format, as a regular expression that every engine runs, with the groups
 * {@link numberFields}. The groups of digits keep their marks. A `(` in `sign` needs a `)` in `end_sign`, and the reverse.
 *
 * @example numberPattern({ decimal: ',', group: '.' }) // matches `-1.234,50`, not `12.34`
 */
export function numberPattern(format: NumberFormat): string {
  const { decimal = '.', group, currency = [], negative = 'leading' } = format;
  const mark = escapePattern(decimal);
  const between = group === ' ' ? space : escapePattern(group ?? '');
  const grouped = group === undefined ? '' : `[0-9]{1,3}(?:${between}[0-9]{3})+|`;
  const digits = `(?:(${grouped}[0-9]+)(?:${mark}([0-9]*))?|${mark}([0-9]+))`;
  // The longest first, so that a spelling that begins another one does not hide it.
  const spelled = [...currency].sort((left, right) => right.length - left.length).map(escapePattern);
  const before = spelled.length > 0 ? `(?:(?:${spelled.join('|')})${space}?)` : '';
  const after = spelled.length > 0 ? `(?:${space}?(?:${spelled.join('|')}))?` : '';
  const maybeBefore = before && `${before}?`;
  switch (negative) {
    case 'leading':
      // The sign stands before the currency or directly before the digits, never at both places.
      return before ? `(?:([+-]?)${maybeBefore}|${before}([+-]))${digits}${after}()` : `([+-]?)()${digits}()`;
    case 'trailing':
      return `()()${maybeBefore}${digits}(-?)${after}`;
    case 'parentheses':
      return `(\\(?)()${maybeBefore}${digits}${after}(\\)?)`;
  }
}

/** The problem of a number format. Undefined when it has one meaning. */
export function numberFormatProblem(format: NumberFormat): DefinitionProblem | undefined {
  const { decimal = '.', group, currency = [], negative = 'leading', ...others } = format;
  const [other] = Object.keys(others);
  if (other)
    return { problem: `numberFormat has "${other}"`, fix: 'Use decimal, group, currency and negative' };
  // The types reject most of these. A definition in plain JavaScript is checked here.
  const one = (name: string, value: string, allowed: readonly string[]) =>
    allowed.includes(value)
      ? undefined
      : {
          problem: `numberFormat.${name} is ${JSON.stringify(value)}`,
          fix: `Use one of ${allowed.map((text) => JSON.stringify(text)).join(', ')}`,
        };
  const wrong =
    one('decimal', decimal, ['.', ',']) ??
    (group === undefined ? undefined : one('group', group, [',', '.', ' ', "'"])) ??
    one('negative', negative, ['leading', 'trailing', 'parentheses']);
  if (wrong) return wrong;
  if (group === decimal)
    return {
      problem: `numberFormat has ${JSON.stringify(group)} as the decimal mark and between groups`,
      fix: 'Set decimal to the mark before the fraction, and group to another one',
    };
  const isCurrency = (text: unknown): boolean =>
    typeof text === 'string' && /^[^\s0-9+\-()]([^0-9+\-()]*[^\s0-9+\-()])?$/u.test(text);
  const sign = Array.isArray(currency) ? currency.find((text) => !isCurrency(text)) : currency;
  if (sign !== undefined)
    return {
      problem: `numberFormat.currency has ${JSON.stringify(sign)}`,
      fix: "List the spellings of one currency, without digits, signs and outer spaces, as in ['EUR', '€']",
    };
  return undefined;
}
