import { expect, test } from 'vitest';
import { javaPattern } from '../../src/internal.ts';

test.each([
  ['^a$', '^a\\z'],
  ['^(?:a$|b$)', '^(?:a\\z|b\\z)'],
  ['^\\$[0-9]+$', '^\\$[0-9]+\\z'],
  ['[a$]$', '[a$]\\z'],
  ['[\\]$]$', '[\\]$]\\z'],
  ['\\\\$', '\\\\\\z'],
  ['[^\n$]', '[^\n$]'],
])('%s is %s in Java', (source, java) => {
  expect(javaPattern(source)).toBe(java);
});
