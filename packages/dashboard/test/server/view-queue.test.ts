import { expect, test } from 'vitest';
import { ViewQueue, ViewSuperseded } from '../../src/server/view-queue.ts';

const queue = () => new ViewQueue<string>();
const open = async () => 'view';

test('a newer view stops the one before, and an older number is refused', () => {
  const views = queue();
  const first = views.view('page', 1, 'a', open);
  const second = views.view('page', 2, 'b', open);
  expect([first.signal.aborted, second.signal.aborted]).toEqual([true, false]);
  expect(() => views.view('page', 1, 'a', open)).toThrow(ViewSuperseded);
  expect(views.view('other page', 1, 'a', open).signal.aborted).toBe(false);
});

test('a page that goes away stops its view, when no request of it waits any more', () => {
  const views = queue();
  const [first, second] = [views.view('page', 1, 'a', open), views.view('page', 1, 'a', open)];
  first.leave(true);
  expect(first.signal.aborted).toBe(false);
  second.leave(true);
  expect(first.signal.aborted).toBe(true);
  // A page that comes back begins anew, with the same number.
  expect(views.view('page', 1, 'a', open).signal.aborted).toBe(false);
});

test('requests that were answered leave the view as it is', () => {
  const views = queue();
  const first = views.view('page', 1, 'a', open);
  first.leave(false);
  const second = views.view('page', 1, 'a', open);
  expect(second.signal).toBe(first.signal);
  expect(second.signal.aborted).toBe(false);
});
