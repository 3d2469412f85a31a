import { expect, test } from 'vitest';
import { searchText } from '../src/lake/search-text.ts';

test.each([
  [[1, 0, 0], '1 file searched: none held such rows'],
  [[1, 1, 0], '1 file searched: 1 held only such rows and is deleted'],
  [[5, 2, 0], '5 files searched: 2 held only such rows and are deleted'],
  [[5, 1, 1], '5 files searched: 1 held such rows and is deleted, and 1 new file holds its other rows'],
  [
    [1234, 3, 2],
    '1,234 files searched: 3 held such rows and are deleted, and 2 new files hold their other rows',
  ],
] as const)('%j', ([searched, removed, written], text) => {
  expect(searchText({ searched, removed, written })).toBe(text);
});
