import { bar } from './bars.ts';
import type { Console } from './console.ts';
import { durationText, grouped } from './figures.ts';
import { harmlessText } from './harmless-text.ts';

/** How far a piece of work is. */
export interface ProgressState {
  /** What is going on: `reading events.csv`. */
  readonly doing: string;
  /** Share that is done, 0 to 1. */
  readonly fraction: number;
  readonly rows?: number;
  /** Bytes read so far. */
  readonly bytes?: number;
}

/** A progress bar on standard error: one line that changes on a terminal, a plain line now and then elsewhere. */
export interface Progress {
  update(state: ProgressState): void;
  /** Removes the bar. */
  end(): void;
}

const silent: Progress = { update: () => undefined, end: () => undefined };

/** Milliseconds between two lines: on a terminal, and where each stays. */
const pauses = { terminal: 100, plain: 5000 };

/** @param isQuiet show nothing, as with `--json`, where standard error is for errors alone */
export function createProgress(console: Console, isQuiet: boolean): Progress {
  if (isQuiet) return silent;
  const { stderr } = process;
  const isTerminal = stderr.isTTY === true && process.env['TERM'] !== 'dumb';
  const started = performance.now();
  let shown = isTerminal ? Number.NEGATIVE_INFINITY : started;
  return {
    update(state) {
      const now = performance.now();
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
      if (isTerminal) stderr.write('\r\u001b[2K');
    },
  };
}

/** `reading a.csv  1,200,000 rows  34.5 MB/s  12 s left`, as far as known. */
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
