import { expect, test } from 'vitest';
import type { ChartPoint } from '../../src/api/api.ts';
import { toggled } from '../../src/page/filters.ts';
import { pointAfter } from '../../src/page/point-after.ts';
import { presetOf, rangePresets } from '../../src/page/range-presets.ts';
import { sortedRows } from '../../src/page/sorted-rows.ts';

const point = (row: number, column: number): ChartPoint => ({
  x: 0,
  width: 0,
  height: 0,
  row,
  column,
  text: `${row} ${column}`,
});

test('arrows go through the points of a line, and stop at its ends', () => {
  const line = Array.from({ length: 10 }, (_, column) => point(0, column));
  const walk = (...keys: readonly string[]) =>
    keys.reduce<number | undefined>((at, key) => pointAfter(line, at, key) ?? at, undefined);
  expect(walk('ArrowRight')).toBe(0);
  expect(walk('ArrowLeft')).toBe(9);
  expect(walk('ArrowRight', 'ArrowRight', 'ArrowLeft', 'ArrowLeft')).toBe(0);
  expect(walk('End', 'ArrowRight')).toBe(9);
  expect(walk('Home', 'PageDown')).toBe(7);
  expect(walk('End', 'PageUp')).toBe(2);
  expect(pointAfter(line, 3, 'a')).toBeUndefined();
  expect(pointAfter([], undefined, 'ArrowRight')).toBeUndefined();
});

test('in a grid, up and down change the row, to the nearest cell that has a figure', () => {
  const grid = [point(0, 0), point(0, 1), point(0, 2), point(1, 0), point(1, 1), point(2, 0)];
  expect(pointAfter(grid, 1, 'ArrowDown')).toBe(4);
  expect(pointAfter(grid, 2, 'ArrowDown')).toBe(4);
  expect(pointAfter(grid, 4, 'ArrowDown')).toBe(5);
  expect(pointAfter(grid, 5, 'ArrowDown')).toBe(5);
  expect(pointAfter(grid, 5, 'ArrowUp')).toBe(3);
});

test('a table is sorted by a column, and what has no value stays last', () => {
  const rows = [2, null, -1, 10].map((value) => [{ value, text: String(value) }]);
  const by = (isDescending: boolean) =>
    sortedRows(rows, { index: 0, isDescending }).map(([cell]) => cell?.value);
  expect(by(true)).toEqual([10, 2, -1, null]);
  expect(by(false)).toEqual([-1, 2, 10, null]);
  expect(sortedRows(rows, undefined)).toBe(rows);
});

test('a value is added to the filters, and taken away again', () => {
  const one = toggled({}, 'brand', 'acme');
  const two = toggled(one, 'brand', null);
  expect(two).toEqual({ brand: ['acme', null] });
  expect(toggled(two, 'brand', 'acme')).toEqual({ brand: [null] });
  expect(toggled(toggled(two, 'brand', 'acme'), 'brand', null)).toEqual({});
});

test('a range that is a preset is named', () => {
  const days = { from: '2024-02-05', to: '2024-03-17' };
  for (const [name, of] of Object.entries(rangePresets)) expect(presetOf(of(days), days)).toBe(name);
  expect(presetOf({ from: '2024-03-01', to: '2024-03-02' }, days)).toBeUndefined();
  expect(rangePresets['Last 28 days'](days)).toEqual({ from: '2024-02-19', to: '2024-03-17' });
});
