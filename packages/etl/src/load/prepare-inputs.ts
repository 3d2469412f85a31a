import type { DuckDBConnection } from '@duckdb/node-api';
import type { InputFile } from '../input/input-file.ts';
import { type PreparedInput, prepareInput } from '../input/prepare-input.ts';
import type { WriteRun } from '../lake/write-run.ts';
import { keptBack } from './duckdb/staging-table.ts';
import type { LoadOptions } from './load-report.ts';
import type { ProgressReporter } from './progress-reporter.ts';

/** Looks every input over; the lines that the engine must not see go to the table of lines kept back. */
export async function prepareInputs(
  options: LoadOptions,
  run: WriteRun,
  files: readonly InputFile[],
  connection: DuckDBConnection,
  progress: ProgressReporter,
): Promise<PreparedInput[]> {
  const { table, signal, stdin, delimiter, header } = options;
  const prepared: PreparedInput[] = [];
  const known = new Set(run.state.inputs.keys());
  // Numbers are given to fresh inputs only, in order: the same numbers that staging uses.
  let number = 0;
  for (const [index, file] of files.entries()) {
    const appender = await connection.createAppender(keptBack);
    const item = await prepareInput(file, {
      schema: table.schema,
      hints: { delimiter, header },
      copyTo: run.staged(`input-${index}`),
      connection,
      stdin,
      signal,
      onBroken: ({ line, code, text }) => {
        appender.appendInteger(number);
        appender.appendBigInt(BigInt(line));
        if (code === null) appender.appendNull();
        else appender.appendVarchar(code);
        appender.appendVarchar(text);
        appender.endRow();
      },
      onBytes: (bytes) => {
        progress.addBytes(bytes);
        progress.report('read', 0.1 * progress.looked, file.source);
      },
    });
    appender.closeSync();
    if (known.has(item.hash)) await connection.run(`DELETE FROM ${keptBack} WHERE input = ${number}`);
    else {
      known.add(item.hash);
      number += 1;
    }
    prepared.push(item);
  }
  return prepared;
}
