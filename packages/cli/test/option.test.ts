import { expect, test } from 'vitest';
import { share, whole } from '../src/command-line/option.ts';

const read = (text: string): unknown => whole('N', '', { least: 1 }).read(text, 'events');

test.each([
  ['1000', 1000],
  ['1,000', 1000],
  ['12,345,678', 12_345_678],
  ['1_000_000', 1_000_000],
  ['1e6', 1_000_000],
  ['10k', 10_000],
  ['1.5M', 1_500_000],
  ['2b', 2_000_000_000],
])('%s is the number %i', (text, value) => expect(read(text)).toBe(value));

test.each(['1,5', '1,5M', '1,0000', '_1', '1__0', '0', '-5', '1.5', '', 'k', '1e400', '0x10', ' 5'])(
  '%j is no number from 1',
  (text) => expect(() => read(text)).toThrow('expected a whole number from 1'),
);

test('a share is of a whole, in percent or not', () => {
  const part = (text: string) => share('SHARE', '').read(text, 'dirty');
  expect(['2%', '0.02', '.5', '100%', '0'].map(part)).toEqual([0.02, 0.02, 0.5, 1, 0]);
  for (const text of ['2', '101%', '-1%', '%', '1e-2', '2 %'])
    expect(() => part(text), text).toThrow('a share such as');
});
