import type { InputFile } from '../../input/input-file.ts';
import { prepareInput } from '../../input/prepare-input.ts';
import type { PreparedInput } from '../../input/prepared-input.ts';
import type { ReadOptions } from '../load-engine.ts';
import type { StagingRun } from './duckdb-engine.ts';
import { keptBack } from './staging-table.ts';

/** An input that was scanned. */
export interface NumberedInput extends PreparedInput {
  /** Its number in the staging tables. Undefined when nothing is to be staged: its content is known, or it is empty. */
  readonly number: number | undefined;
}

interface PrepareInputsOptions extends Omit<ReadOptions, 'known' | 'onStaged'> {
  /** Hashes of known contents. Those of the inputs are added. */
  readonly known: Set<string>;
  /** Where a copy of the input at an index may be written. */
  copyTo(index: number): string;
}

/** Scans every input; the lines that the engine must not see go to the table of lines kept back. */
export async function prepareInputs(
  { connection, options: { signal }, inputs }: StagingRun,
  files: readonly InputFile[],
  { file: schema, stdin, delimiter, header, known, copyTo, progress }: PrepareInputsOptions,
): Promise<NumberedInput[]> {
  const prepared: NumberedInput[] = [];
  // Only fresh inputs get a number, in order, after those that are staged.
  let number = inputs.length;
  for (const [index, file] of files.entries()) {
    let appender = await connection.createAppender(keptBack);
    const item = await prepareInput(file, {
      schema,
      hints: { delimiter, header },
      copyTo: copyTo(index),
      connection,
      stdin,
      signal,
      onKept: ({ line, code, text }) => {
        appender.appendInteger(number);
        appender.appendBigInt(BigInt(line));
        if (code === null) appender.appendNull();
        else appender.appendVarchar(code);
        appender.appendVarchar(text);
        appender.endRow();
      },
      async onRestart() {
        appender.closeSync();
        await connection.run(`DELETE FROM ${keptBack} WHERE input = ${number}`);
        appender = await connection.createAppender(keptBack);
      },
      onBytes: (bytes) => {
        progress.addBytes(bytes);
        progress.report('read', 0.1 * progress.scanned, file.source);
      },
    });
    appender.closeSync();
    const isFresh = item.layout.kind !== 'empty' && !known.has(item.hash);
    prepared.push({ ...item, number: isFresh ? number : undefined });
    if (isFresh) {
      known.add(item.hash);
      number += 1;
    } else await connection.run(`DELETE FROM ${keptBack} WHERE input = ${number}`);
  }
  return prepared;
}
