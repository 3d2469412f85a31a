import type { ProgressState } from '../answer/progress-state.ts';
import { bar } from './bars.ts';
import type { Console } from './console.ts';
import { durationText, grouped } from './figures.ts';
import { harmlessText } from './harmless-text.ts';

/** A progress bar on standard error: one line that changes on a terminal, a plain line now and then elsewhere. */
export interface Progress {
  update(state: ProgressState): void;
  /** Removes the bar. The next update starts another one. */
  end(): void;
}

const silent: Progress = { update: () => undefined, end: () => undefined };

/** Milliseconds between updates: of the bar on a terminal, of lines elsewhere. */
const pauses = { terminal: 100, plain: 5000 };

/** @param isQuiet show nothing, as with `--json`, where standard error is for errors alone */
export function createProgress(console: Console, isQuiet: boolean): Progress {
  if (isQuiet) return silent;
  const { stderr } = process;
  const isTerminal = stderr.isTTY === true && process.env['TERM'] !== 'dumb';
  let stage: string | undefined;
  let started: number | undefined;
  let shown = 0;
  return {
    update(state) {
      const now = performance.now();
      if (started === undefined || state.stage !== stage) {
        stage = state.stage;
        started = now;
        shown = isTerminal ? Number.NEGATIVE_INFINITY : now;
      }
      if (now - shown < (isTerminal ? pauses.terminal : pauses.plain)) return;
      shown = now;
      const facts = harmlessText(progressFacts(state, (now - started) / 1000));
      if (!isTerminal) {
        console.note(`${Math.floor(state.fraction * 100)}%  ${facts}`);
        return;
      }
      const filled = bar(state.fraction, 1, 24).padEnd(24, '░');
      // Cut to the terminal: a line that wraps could not be written over.
      stderr.write(`\r\u001b[2K${filled} ${facts}`.slice(0, (stderr.columns || 80) + 4));
    },
    end() {
      if (isTerminal && started !== undefined) stderr.write('\r\u001b[2K');
      started = undefined;
    },
  };
}

/** `reading a.csv  1,200,000 rows  34.5 MB/s  12 s left`, without the parts that are unknown. */
function progressFacts({ doing, fraction, rows, bytes }: ProgressState, seconds: number): string {
  const left = (seconds * (1 - fraction)) / fraction;
  return [
    doing,
    rows ? `${grouped(rows)} rows` : '',
    bytes && seconds > 0.5 ? `${(bytes / 1e6 / seconds).toFixed(1)} MB/s` : '',
    seconds > 1 && fraction > 0.03 && fraction < 1 ? `${durationText(left)} left` : '',
  ]
    .filter(Boolean)
    .join('  ');
}
