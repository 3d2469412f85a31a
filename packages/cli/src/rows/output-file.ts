import type { Console } from '../output/console.ts';
import { type Compression, type WritePiece, writeWholeFile } from '../output/whole-file.ts';

/**
 * Writes a file that appears when it is complete, or not at all. A pipe or a device is written in place.
 *
 * @param fill writes to the console that it is given, which stands for the file
 * @returns the bytes of the file
 * @throws HeadwaterError `OPTION_INVALID` when the file cannot be written
 */
export const writeOutputFile = (
  out: string,
  compression: Compression | undefined,
  console: Console,
  fill: (file: Console) => Promise<void>,
): Promise<number> => writeWholeFile(out, compression, (write) => fill(fileConsole(write, console)));

/** The console, with a file in place of standard output. */
const fileConsole = (write: WritePiece, console: Console): Console => ({
  ...console,
  isTerminal: false,
  columns: undefined,
  style: (_format, plain) => plain,
  write,
  print: (line = '') => write(`${line}\n`),
});
