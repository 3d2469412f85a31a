import { once } from 'node:events';
import { styleText } from 'node:util';
import { harmlessLine } from './harmless-text.ts';
import { toJson } from './to-json.ts';

/** Styles a text, or leaves it plain as NO_COLOR, FORCE_COLOR and pipes ask for. */
export type Style = (format: 'bold' | 'dim' | 'red' | 'green' | 'yellow' | 'cyan', text: string) => string;

/** Where the command line prints. */
export interface Console {
  /** Whether standard output is a terminal. */
  readonly isTerminal: boolean;
  /** Columns of the terminal, or of COLUMNS where there is none. Undefined where lines may have any length. */
  readonly columns: number | undefined;
  /** Styles what goes to standard output. */
  readonly style: Style;
  /** Styles what goes to standard error. */
  readonly noteStyle: Style;
  /** Writes to standard output unchanged. Resolves when it can take more. */
  write(chunk: string | Uint8Array): Promise<void>;
  /** Writes a line to standard output. Keeps colours, and replaces other control characters with blanks. */
  print(line?: string): Promise<void>;
  /** Writes one JSON value and a line end to standard output. */
  json(value: unknown): Promise<void>;
  /** Writes a line to standard error, in the same way. */
  note(line: string): void;
}

/** The reader of standard output has closed it, as in `headwater ... | head`. This is no failure. */
export class OutputClosed extends Error {
  override readonly name = 'OutputClosed';
}

/** Whether an error comes from writing to a closed standard output. */
export const isOutputClosed = (error: unknown): boolean =>
  error instanceof OutputClosed ||
  (error instanceof Error &&
    'code' in error &&
    (error.code === 'EPIPE' || error.code === 'ERR_STREAM_DESTROYED'));

/** A terminal without a size reports 0 columns. */
const columnsOf = (columns: number): number | undefined => (columns > 0 ? Math.max(20, columns) : undefined);

/** The console of this process. */
export function createConsole(): Console {
  const { stdout, stderr } = process;
  // write() reports a closed stream. Without these listeners the event would end the process.
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
    columns: columnsOf(stdout.columns || Number(process.env['COLUMNS'])),
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
