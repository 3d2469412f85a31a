import type { InputFile } from '../../input/input-file.ts';
import { prepareInput } from '../../input/prepare-input.ts';
import type { PreparedInput } from '../../input/prepared-input.ts';
import type { ReadOptions } from '../load-engine.ts';
import type { DuckdbRun } from './duckdb-engine.ts';
import { keptBack } from './staging-table.ts';

/** Scans every input; the lines that the engine must not see go to the table of lines kept back. */
export async function prepareInputs(
  { connection, options: { signal }, staged }: DuckdbRun,
  files: readonly InputFile[],
  { file: schema, stdin, delimiter, header, known: loaded, progress }: ReadOptions,
): Promise<PreparedInput[]> {
  const prepared: PreparedInput[] = [];
  const known = new Set(loaded);
  // Only fresh inputs get a number, in order: the same numbers that staging uses.
  let number = 0;
  for (const [index, file] of files.entries()) {
    let appender = await connection.createAppender(keptBack);
    const item = await prepareInput(file, {
      schema,
      hints: { delimiter, header },
      copyTo: staged(`input-${index}`),
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
    if (item.layout.kind === 'empty') {
      prepared.push(item);
      continue;
    }
    if (known.has(item.hash)) await connection.run(`DELETE FROM ${keptBack} WHERE input = ${number}`);
    else {
      known.add(item.hash);
      number += 1;
    }
    prepared.push(item);
  }
  return prepared;
}
