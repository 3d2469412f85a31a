import type { RowsAnswer } from '../answer/answer.ts';
import { UsageError } from '../command-line/usage-error.ts';
import type { Console } from '../output/console.ts';
import { byteText } from '../output/figures.ts';
import { writeOutputFile } from './output-file.ts';
import { isBinary, writeRows } from './row-formats.ts';
import { isForPeople, type RowForm, type RowValues, rowForm } from './row-options.ts';

/**
 * Prints an answer of rows as the options ask: to standard output, or to a file that appears when it is complete. Closes the
 * lake that the rows come from.
 *
 * @throws UsageError when bytes would go to a terminal
 */
export async function printRows(answer: RowsAnswer, values: RowValues, console: Console): Promise<void> {
  try {
    await writeWhereAsked(answer, rowForm(values), values, console);
    if (isForPeople(values))
      for (const line of (await answer.footer?.()) ?? []) await console.print(console.style('dim', line));
    if (!values.json)
      for (const line of (await answer.notes?.()) ?? []) console.note(console.noteStyle('dim', line));
  } finally {
    await answer.close();
  }
}

async function writeWhereAsked(
  { rows }: RowsAnswer,
  { format, out, compression }: RowForm,
  { json }: RowValues,
  console: Console,
): Promise<void> {
  if (out === undefined) {
    if (isBinary(format) && console.isTerminal)
      throw new UsageError(`--format ${format} is bytes: write a file, as in --out result.${format}`);
    return writeRows(rows, format, console);
  }
  const bytes = await writeOutputFile(out, compression, console, (file) => writeRows(rows, format, file));
  if (json) await console.json({ out, format, bytes });
  else console.note(console.noteStyle('dim', `wrote ${out}, ${byteText(bytes)}`));
}
