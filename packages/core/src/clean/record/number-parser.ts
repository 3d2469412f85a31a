import { type NumberFormat, numberPattern } from '../../table/number-format.ts';

/** The function that rewrites a number in a format to plain digits. Undefined for a text that is not in the format. */
export function plainNumber(format: NumberFormat, isInteger: boolean): (text: string) => string | undefined {
  const pattern = new RegExp(`^(?:${numberPattern(format)})$`, 'u');
  return (text) => {
    const match = pattern.exec(text);
    if (!match) return undefined;
    const [, sign = '', inner = '', whole = '', part = '', bare = '', end = ''] = match;
    if ((sign === '(') !== (end === ')')) return undefined;
    const minus = sign === '(' || [sign, inner, end].includes('-') ? '-' : '';
    const fraction = part + bare;
    const digits = whole.replace(/[^0-9]/g, '') || '0';
    return isInteger && /^0*$/.test(fraction) ? minus + digits : `${minus}${digits}.${fraction}`;
  };
}
