import { readFile } from 'node:fs/promises';
import { type ErrorPayloads, HeadwaterError } from '@headwater/core';
import { inputError } from '../../input/input-error.ts';
import type { SparkExit } from './run-spark.ts';
import { sparkPython } from './run-spark.ts';
import type { SparkFailed } from './spark-result.ts';

/** A failed run, and what its errors may speak of. */
export interface FailedSpark {
  readonly exit: SparkExit;
  /** Undefined when the script ended without one. */
  readonly failed: SparkFailed | undefined;
  readonly log: string;
  /** The inputs by their position in the plan. */
  readonly sources: readonly string[];
  readonly memoryLimit: string | undefined;
  /** What the run did. Defaults to `the load`. */
  readonly during?: string | undefined;
  /** The error of a committed value that the definition no longer takes. */
  misfits(cause: Error): Error | undefined;
}

const noJava =
  /JAVA_GATEWAY_EXITED|JAVA_HOME is not set|Unable to locate a Java|UnsupportedClassVersionError/;
const noPython = /ENOENT|EACCES/;
const noMemory =
  /OutOfMemoryError|GC overhead limit|Unable to acquire \d+ bytes of memory|There is insufficient memory/;
const noSpace = /No space left on device|Disk quota exceeded/i;
/** The names that the script gives to inputs (`load_inputs.py`). */
const namedInput = /inputs\/(?:csv|jsonl|parquet)\/(\d{8})\.(?:txt|gz|parquet)/;
/** The mark that `settle_duplicates.py` fails with. */
const misfitMark = 'COMMITTED_VALUE_MISFIT';
const shownLines = 12;

/** The error of a Spark run that the user can act on. */
export async function sparkErrorFrom(run: FailedSpark): Promise<Error> {
  const { exit, failed, log, sources, memoryLimit, misfits, during = 'the load' } = run;
  const text = await readFile(log, 'utf8').catch(() => '');
  const message = failed?.message ?? '';
  const all = `${message}\n${text}`;
  if (exit.code === null && exit.signal !== null && noPython.test(exit.signal))
    return notFound(`${sparkPython()} cannot be started (${exit.signal})`);
  if (failed?.code === 'SPARK_NOT_FOUND') return notFound(String(failed.details['problem']));
  if (noJava.test(all)) return notFound('Java did not start');
  if (failed && failed.code !== 'SPARK_FAILED')
    return new HeadwaterError(failed.code, failed.details as ErrorPayloads[typeof failed.code]);
  const misfit = message.includes(misfitMark) ? misfits(new Error(misfitMark)) : undefined;
  if (misfit) return misfit;
  const spoken = all.split('\n').find((line) => noSpace.test(line));
  if (spoken !== undefined) return new Error(`No space left on device: ${spoken.trim()}`);
  if (noMemory.test(all) || exit.signal === 'SIGKILL' || exit.code === 137) {
    const problem = noMemory.test(all) ? 'Spark ran out of memory' : 'Spark was killed';
    return new HeadwaterError('MEMORY_EXCEEDED', {
      during,
      limit: memoryLimit ?? "half of the machine's",
      problem,
    });
  }
  const source = sources[Number(namedInput.exec(message)?.[1] ?? -1)];
  if (source !== undefined) return inputError(source, new Error(firstCause(message)));
  return new HeadwaterError('SPARK_FAILED', { problem: firstCause(message) || tail(text), log });
}

const notFound = (problem: string): HeadwaterError<'SPARK_NOT_FOUND'> =>
  new HeadwaterError('SPARK_NOT_FOUND', { problem });

/** The line of a Java error that says what happened: the last cause. */
function firstCause(message: string): string {
  const causes = message.split('\n').filter((line) => /^Caused by:|^: [\w.]+(?:Exception|Error)/.test(line));
  const line = causes.at(-1) ?? message.split('\n')[0] ?? '';
  return line.replace(/^Caused by: |^: /, '').slice(0, 500);
}

const tail = (text: string): string => text.trimEnd().split('\n').slice(-shownLines).join('\n');
