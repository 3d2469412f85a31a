import { expect, test } from 'vitest';
import { trimText, whiteSpace } from '../../src/clean/white-space.ts';

test.each(whiteSpace)('U+%i is removed from both ends and kept inside', (point) => {
  const space = String.fromCodePoint(point);
  expect(trimText(`${space}${space}a${space}b${space}`)).toBe(`a${space}b`);
  expect(trimText(space)).toBe('');
});

test.each([0x00, 0x08, 0x0e, 0x1c, 0x1f, 0x85, 0x1680, 0x2003, 0x2028, 0x202f, 0x200b, 0x3000])(
  'U+%i is not white space',
  (point) => {
    const text = `${String.fromCodePoint(point)}a${String.fromCodePoint(point)}`;
    expect(trimText(text)).toBe(text);
  },
);

test('an empty text stays empty, and a text without white space is given back', () => {
  expect(trimText('')).toBe('');
  expect(trimText('😀')).toBe('😀');
});
