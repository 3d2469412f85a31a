import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import type { WriteStream } from 'node:fs';
import { open, rename, rm, stat } from 'node:fs/promises';
import { dirname, extname, join } from 'node:path';
import { finished } from 'node:stream/promises';
import { HeadwaterError } from '@headwater/core';
import { choice, text } from '../command-line/option.ts';
import { UsageError } from '../command-line/usage-error.ts';
import type { Console } from './console.ts';
import { byteText } from './figures.ts';
import type { Result } from './result.ts';
import { isBinary, type ResultFormat, resultFormats, writeResult } from './result-formats.ts';

/** Options of commands that give rows. */
export const resultOptions = {
  format: choice('FORMAT', resultFormats, 'How to print the rows; table when not given'),
  out: text(
    'FILE',
    'Write the rows to a file; without --format its ending says how (.csv, .json, .jsonl, ...)',
  ),
};

interface Given {
  readonly format: ResultFormat | undefined;
  readonly out: string | undefined;
  readonly json: boolean;
}

const endings: Readonly<Record<string, ResultFormat>> = {
  '.txt': 'table',
  '.json': 'json',
  '.jsonl': 'jsonl',
  '.ndjson': 'jsonl',
  '.csv': 'csv',
  '.arrow': 'arrow',
  '.arrows': 'arrow',
  '.parquet': 'parquet',
};

/**
 * The form that was asked for.
 *
 * @throws UsageError for an ending that names none, and for a form of bytes when standard output is a terminal
 */
export function askedFormat({ format, out, json }: Given, { isTerminal }: Console): ResultFormat {
  if (out === undefined) {
    if (json && format !== undefined && format !== 'json')
      throw new UsageError(
        `--json is one JSON value on standard output, and --format ${format} is none: give one of them.`,
      );
    const asked = format ?? (json ? 'json' : 'table');
    if (isBinary(asked) && isTerminal)
      throw new UsageError(
        `--format ${asked} is bytes: send them to a file, as in ... --out result.${asked}`,
      );
    return asked;
  }
  const asked = format ?? endings[extname(out).toLowerCase()];
  if (asked) return asked;
  throw new UsageError(
    `--out ${out}: its ending says no format. Give --format, or end it with ${Object.keys(endings).join(', ')}.`,
  );
}

/** Gives a result where it was asked for: on standard output, or in a file that appears when it is whole. */
export async function giveResult(result: Result, given: Given, console: Console): Promise<void> {
  const format = askedFormat(given, console);
  if (given.out === undefined) return writeResult(result, format, console);
  const { out } = given;
  // A pipe or a device is written as it is: a file put in its place would end it.
  const isReplaced = await stat(out).then(
    (info) => info.isFile(),
    () => true,
  );
  const draft = isReplaced ? join(dirname(out), `.headwater-${randomUUID()}.part`) : out;
  const file = await open(draft, isReplaced ? 'wx' : 'w').catch((cause: Error) => {
    throw notWritable(out, cause);
  });
  const stream = file.createWriteStream();
  // Told by the write that fails, or at the end.
  stream.on('error', () => undefined);
  try {
    await writeResult(result, format, fileConsole(stream, console));
    stream.end();
    await finished(stream);
    if (isReplaced) await rename(draft, out);
  } catch (cause) {
    throw cause instanceof Error && 'syscall' in cause ? notWritable(out, cause) : cause;
  } finally {
    stream.destroy();
    if (isReplaced) await rm(draft, { force: true });
  }
  const { bytesWritten: bytes } = stream;
  if (given.json) await console.json({ out, format, bytes });
  else console.note(console.noteStyle('dim', `wrote ${out}, ${byteText(bytes)}`));
}

const notWritable = (out: string, cause: Error): HeadwaterError => {
  const expected = `a file that can be written (${cause.message})`;
  return new HeadwaterError('OPTION_INVALID', { option: '--out', value: out, expected }, { cause });
};

/** The console, with a file in place of standard output. */
function fileConsole(file: WriteStream, console: Console): Console {
  const write = async (chunk: string | Uint8Array): Promise<void> => {
    if (!file.write(chunk)) await once(file, 'drain');
  };
  return {
    ...console,
    isTerminal: false,
    style: (_format, plain) => plain,
    write,
    print: (line = '') => write(`${line}\n`),
  };
}
