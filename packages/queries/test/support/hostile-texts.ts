import type { InferRow } from '@headwater/core';
import { event, type shop } from './shop.ts';

/** Texts that would change a statement if they were put into it unchanged. */
export const hostileTexts: readonly string[] = [
  "'",
  "''",
  "'; drop table shop; --",
  "' or 1 = 1 --",
  "x' union all select * from shop --",
  '"; drop table "shop',
  '-- a comment\nselect 1',
  '/* not closed',
  '*/ or true /*',
  '?',
  "? ' ?",
  '$1',
  ':name $name {{name}} %s',
  '\\',
  "\\'",
  '\\u0027 or 1=1',
  "U&'\\0027'",
  '\0',
  "a\0'b",
  '\r\n\t',
  '‮reversed',
  'ʼ＇‘’', // what some readers fold into a quote
  'e\u0301 é',
  '🐢👩‍👩‍👧‍👦',
  '\u{10ffff}',
  'null',
  '',
  ' ',
  'NaN',
  '2024-03-03',
  "date '2024-03-03'",
];

/** A million characters, with quotes. */
export const hugeText = `'${'x"'.repeat(499_999)}'`;

/** A lone surrogate, which is not well-formed Unicode. */
export const brokenText = 'a\ud800b';

/** Events of a day on which each of these texts is a brand. */
export const hostileDay = '2024-03-20';
export const hostileEvents: readonly InferRow<typeof shop>[] = hostileTexts.map((brand, index) => ({
  ...event('20 10:00', 'view', index + 100, 99, `hostile-${index}`),
  brand,
}));
