import width from 'fast-string-width';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createProgress } from '../src/output/progress.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] }));
afterEach(() => void vi.useRealTimers());

/** A terminal of this width, with what was written to it. */
function terminal(columns: number) {
  const written: string[] = [];
  const write = (text: string): boolean => written.push(text) > 0;
  return { written, stream: { isTTY: true, columns, write } as unknown as NodeJS.WriteStream };
}
const note = (): void => undefined;

it('moves while a long step reports nothing', () => {
  const { written, stream } = terminal(80);
  const progress = createProgress({ note }, false, stream);
  progress.update({ doing: 'writing', fraction: 0.5 });
  vi.advanceTimersByTime(65_000);
  progress.end();
  const shown = written.length;
  expect(shown).toBeGreaterThan(600);
  expect(new Set(written.slice(0, 5)).size).toBe(5);
  expect(written.at(-2)).toContain('writing  1 min 5 s, 1 min 5 s left');
  expect(written.at(-1)).toBe('\r\u001b[2K');
  vi.advanceTimersByTime(10_000);
  expect(written).toHaveLength(shown);
});

it('starts the clock anew for a stage of its own', () => {
  const { written, stream } = terminal(80);
  const progress = createProgress({ note }, false, stream);
  progress.update({ doing: 'writing', stage: 'work', fraction: 0.5 });
  vi.advanceTimersByTime(60_000);
  progress.update({ doing: 'uploading', stage: 'upload', fraction: 0.1 });
  vi.advanceTimersByTime(2_000);
  expect(written.at(-1)).toContain('uploading  2.0 s, 18 s left');
  progress.end();
});

it.each([40, 80, 200])('stays on one line of %i columns', (columns) => {
  const { written, stream } = terminal(columns);
  const progress = createProgress({ note }, false, stream);
  const doing = `reading ${'日本'.repeat(100)}.csv`;
  progress.update({ doing, fraction: 0.25, rows: 1_234_567, bytes: 9e9 });
  vi.advanceTimersByTime(3_000);
  progress.end();
  const lines = written.map((text) => width(text.replace('\r\u001b[2K', '')));
  expect(Math.max(...lines)).toBeLessThan(columns);
  expect(Math.max(...lines)).toBeGreaterThan(columns - 5);
});

it('is a plain line now and then where there is no terminal', () => {
  const lines: string[] = [];
  const stream = { isTTY: false } as unknown as NodeJS.WriteStream;
  const progress = createProgress({ note: (line) => void lines.push(line) }, false, stream);
  progress.update({ doing: 'reading a.csv', fraction: 0.1 });
  vi.advanceTimersByTime(11_000);
  progress.end();
  expect(lines).toEqual([
    '10%  reading a.csv  5.0 s, 45 s left',
    '10%  reading a.csv  10 s, 1 min 30 s left',
  ]);
});
