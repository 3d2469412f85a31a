import { once } from 'node:events';
import { styleText } from 'node:util';
import { harmlessLine } from './harmless-text.ts';
import { toJson } from './to-json.ts';

/** Styles a text for where it is shown, or leaves it plain: NO_COLOR, FORCE_COLOR and pipes are respected. */
export type Style = (format: 'bold' | 'dim' | 'red' | 'green' | 'yellow' | 'cyan', text: string) => string;

/** Where a command's words go. */
export interface Console {
  /** Whether standard output is a terminal. */
  readonly isTerminal: boolean;
  /** Columns of the terminal; 100 when there is none. */
  readonly columns: number;
  /** Styles what goes to standard output. */
  readonly style: Style;
  /** Styles what goes to standard error. */
  readonly noteStyle: Style;
  /** Writes to standard output as it is; resolves when more may be written. */
  write(chunk: string | Uint8Array): Promise<void>;
  /** Writes a line to standard output, colours included; other control characters show as blanks. */
  print(line?: string): Promise<void>;
  /** Writes one JSON value and a line end to standard output. */
  json(value: unknown): Promise<void>;
  /** Writes a line to standard error, likewise. */
  note(line: string): void;
}

/** The reader of standard output has gone, as in `headwater ... | head`. Not a failure. */
export class OutputClosed extends Error {
  override readonly name = 'OutputClosed';
}

/** Whether an error is that of writing to a reader that has gone. */
export const isOutputClosed = (error: unknown): boolean =>
  error instanceof OutputClosed ||
  (error instanceof Error &&
    'code' in error &&
    (error.code === 'EPIPE' || error.code === 'ERR_STREAM_DESTROYED'));

/** The console of this process. */
export function createConsole(): Console {
  const { stdout, stderr } = process;
  // Writing tells of the closing; without a listener it would end the process from anywhere.
  stdout.on('error', () => undefined);
  stderr.on('error', () => undefined);
  const styleOf =
    (stream: NodeJS.WriteStream): Style =>
    (format, text) =>
      styleText(format, text, { stream, validateStream: true });
  const write = async (chunk: string | Uint8Array): Promise<void> => {
    if (stdout.destroyed || stdout.errored) throw new OutputClosed();
    if (!stdout.write(chunk)) {
      await once(stdout, 'drain').catch((cause: unknown) => {
        throw isOutputClosed(cause) ? new OutputClosed() : cause;
      });
    }
  };
  return {
    isTerminal: stdout.isTTY === true,
    columns: stdout.columns || 100,
    style: styleOf(stdout),
    noteStyle: styleOf(stderr),
    write,
    print: (line = '') => write(`${harmlessLine(line)}\n`),
    json: (value) => write(`${toJson(value)}\n`),
    note: (line) => {
      if (!stderr.destroyed) stderr.write(`${harmlessLine(line)}\n`);
    },
  };
}
