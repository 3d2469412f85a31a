import type { ProgressState } from '../answer/progress-state.ts';
import { bar } from './bars.ts';
import type { Console } from './console.ts';
import { cutText } from './cut-text.ts';
import { durationText, grouped } from './figures.ts';
import { harmlessText } from './harmless-text.ts';

/** A progress bar on standard error: one line that changes on a terminal, a plain line now and then elsewhere. */
export interface Progress {
  update(state: ProgressState): void;
  /** Removes the bar. The next update starts another one. */
  end(): void;
}

/** The part of standard error that a progress bar uses. */
export type ProgressStream = Pick<NodeJS.WriteStream, 'isTTY' | 'columns' | 'write'>;

const silent: Progress = { update: () => undefined, end: () => undefined };

/** Milliseconds between updates: of the bar on a terminal, of lines elsewhere. */
const pauses = { terminal: 100, plain: 5000 };

const wheel = [...'⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏'];
const barColumns = 24;

/**
 * Creates a progress bar. It moves between updates too: a long step has none for minutes.
 *
 * @param isQuiet show nothing, as with `--json`, where standard error is for errors alone
 */
export function createProgress(
  console: Pick<Console, 'note'>,
  isQuiet: boolean,
  stream: ProgressStream = process.stderr,
): Progress {
  if (isQuiet) return silent;
  const isTerminal = stream.isTTY === true && process.env['TERM'] !== 'dumb';
  let state: ProgressState | undefined;
  let started = 0;
  let turn = 0;
  let timer: NodeJS.Timeout | undefined;
  const show = (): void => {
    if (!state) return;
    const facts = harmlessText(progressFacts(state, (performance.now() - started) / 1000));
    if (!isTerminal) {
      console.note(`${Math.floor(state.fraction * 100)}%  ${facts}`);
      return;
    }
    turn = (turn + 1) % wheel.length;
    const columns = stream.columns || 80;
    const width = Math.min(barColumns, Math.floor(columns / 4));
    const filled = bar(state.fraction, 1, width).padEnd(width, '░');
    // One column less than the terminal has: a line that wraps could not be overwritten.
    stream.write(`\r\u001b[2K${cutText(`${filled} ${wheel[turn]} ${facts}`, columns - 1)}`);
  };
  return {
    update(next) {
      if (!state || next.stage !== state.stage) started = performance.now();
      const isFirst = !state;
      state = next;
      if (!isFirst) return;
      if (isTerminal) show();
      timer = setInterval(show, isTerminal ? pauses.terminal : pauses.plain).unref();
    },
    end() {
      clearInterval(timer);
      if (isTerminal && state) stream.write('\r\u001b[2K');
      state = undefined;
    },
  };
}

/** `reading a.csv  1,200,000 rows  34.5 MB/s  3 s, 12 s left`, without the parts that are unknown. */
function progressFacts({ doing, fraction, rows, bytes }: ProgressState, seconds: number): string {
  const left = (seconds * (1 - fraction)) / fraction;
  const isKnown = seconds > 1 && fraction > 0.03 && fraction < 1;
  return [
    doing,
    rows ? `${grouped(rows)} rows` : '',
    bytes && seconds > 0.5 ? `${(bytes / 1e6 / seconds).toFixed(1)} MB/s` : '',
    seconds > 1 ? `${durationText(seconds)}${isKnown ? `, ${durationText(left)} left` : ''}` : '',
  ]
    .filter(Boolean)
    .join('  ');
}
