import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createAlertTeller } from '../../src/page/alert-teller.ts';
import { liveStatus, spanWords } from '../../src/page/live-words.ts';
import { streamFigures } from '../support/stream-figures.ts';

describe('how fresh a stream is, in words', () => {
  const figures = { ...streamFigures(), at: '2026-01-01T00:00:00.000Z' };
  const usual = { age: 0.5, isConnected: true, isPaused: false };
  const words = (of: Partial<typeof figures> = {}, how: Partial<typeof usual> = {}) =>
    liveStatus({ ...figures, ...of }, { ...usual, ...how }, 'UTC');
  test('of one that runs', () => {
    expect(words()).toEqual({
      tone: 'on',
      word: 'Live',
      sentence: 'As of Sun 17 Mar 2024, 12:00:00 UTC.',
    });
    expect(words({}, { age: 12.4 }).word).toBe('Newest event 12 s ago');
    expect(words({ speed: 600 }).sentence).toMatch(/UTC\. Played 600 times as fast as it happened\.$/);
  });
  test('of one that stands still, and since when', () => {
    const still = words({}, { age: 45 });
    expect(still).toMatchObject({ tone: 'off', word: 'Stopped for 45 s' });
    expect(still.sentence).toMatch(/Nothing has come since \d\d:\d\d:\d\d, your time\.$/);
    expect(words({}, { age: 7000 }).word).toBe('Stopped for 116 min');
    expect(words({}, { age: 8000 }).word).toBe('Stopped for 2 h');
  });
  test('of one that ended, is lost, is paused, or has not begun', () => {
    expect(words({ isEnded: true }, { age: 900 }).word).toBe('Ended');
    expect(words({}, { isConnected: false }).word).toBe('No connection');
    expect(words({}, { isPaused: true, isConnected: false }).word).toBe('Paused');
    expect(liveStatus(undefined, usual, 'UTC').word).toBe('Waiting');
    expect(liveStatus({ ...figures, newest: null }, { ...usual, age: undefined }, 'UTC').word).toBe(
      'Waiting',
    );
  });
  test('hours are said with their end', () => {
    const span = (first: string, last: string) =>
      spanWords(`2024-03-17T${first}:00Z`, `2024-03-17T${last}:00Z`, 'UTC');
    expect(span('09:00', '11:00')).toBe('17 Mar, 09:00 to 12:00');
    expect(span('09:00', '23:00')).toBe('17 Mar, 09:00 to 18 Mar, 00:00');
  });
});

describe('incidents are said', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());
  const alert = (id: string, isOpen = true) => ({ id, title: `Actor ${id}`, isOpen });
  test('when they are new and when they are over, once in ten seconds at most', () => {
    const said: string[] = [];
    const teller = createAlertTeller((text) => void said.push(text));
    teller.see([alert('1'), alert('2', false)]);
    expect(said).toEqual([]);
    teller.see([alert('3'), alert('1')]);
    expect(said).toEqual(['Alert: Actor 3']);
    teller.see([alert('1', false), alert('4'), alert('3')]);
    teller.see([alert('5'), alert('1', false), alert('4'), alert('3')]);
    vi.advanceTimersByTime(9000);
    expect(said).toHaveLength(1);
    vi.advanceTimersByTime(1000);
    expect(said[1]).toBe('Alert: Actor 4, and 2 more notices of incidents');
    vi.advanceTimersByTime(60_000);
    teller.see([alert('5', false)]);
    expect(said.slice(2)).toEqual(['Over: Actor 5']);
    // One that was over before it was seen is history.
    vi.advanceTimersByTime(60_000);
    teller.see([alert('6', false)]);
    expect(said).toHaveLength(3);
    teller.stop();
  });
});
