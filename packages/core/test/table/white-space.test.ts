import { expect, test } from 'vitest';
import { trimText } from '../../src/table/white-space.ts';

// Written down again: the list is a promise, and stored lakes were cleaned by it.
test.each([0x09, 0x0a, 0x0b, 0x0c, 0x0d, 0x20, 0xa0, 0xfeff])(
  'U+%i is removed from both ends and kept inside',
  (point) => {
    const space = String.fromCodePoint(point);
    expect(trimText(`${space}${space}a${space}b${space}`)).toBe(`a${space}b`);
    expect(trimText(space)).toBe('');
  },
);

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
