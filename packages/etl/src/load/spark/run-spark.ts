import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { sparkScripts } from './spark-scripts.ts';

/** What the script tells while it runs. */
export type SparkEvent =
  | { readonly event: 'progress'; readonly phase: 'read' | 'write'; readonly fraction: number }
  | { readonly event: 'fetch'; readonly paths: readonly string[] };

/** One run of the script. */
export interface SparkCall {
  /** Where the plan is, and where the result goes. */
  readonly plan: string;
  readonly result: string;
  /** Where Spark's messages go. */
  readonly log: string;
  readonly signal?: AbortSignal | undefined;
  onProgress(phase: 'read' | 'write', fraction: number): void;
  /** Brings committed files to this machine. The script waits until it is done. */
  onFetch(paths: readonly string[]): Promise<void>;
}

/** How a process ended. */
export interface SparkExit {
  /** Null when a signal ended it. */
  readonly code: number | null;
  /** The signal that ended it, or the error by which it could not be started. */
  readonly signal: string | null;
}

/** What begins a line that is meant for the caller, among those of Spark (`job_progress.py`). */
const mark = 'headwater-event ';
/** How long the script gets to stop Java when it is told to stop. */
const graceMs = 10_000;

/** The Python that has Spark, by the variables that Spark itself reads (https://spark.apache.org/docs/3.5.6/configuration.html#environment-variables). */
export const sparkPython = (environment: NodeJS.ProcessEnv = process.env): string =>
  environment['PYSPARK_DRIVER_PYTHON'] || environment['PYSPARK_PYTHON'] || 'python3';

/**
 * Runs the script on the Spark of this machine, and waits until it and Java have ended. When this process dies, the script's standard
 * input closes, which ends both.
 */
export async function runSpark(call: SparkCall): Promise<SparkExit> {
  const { plan, result, log, signal, onProgress, onFetch } = call;
  const python = sparkPython();
  const logFile = openSync(log, 'a', 0o600);
  const child = spawn(python, [sparkScripts().main, '--plan', plan, '--result', result], {
    stdio: ['pipe', 'pipe', logFile],
    env: {
      ...process.env,
      PYSPARK_PYTHON: python,
      PYSPARK_DRIVER_PYTHON: python,
      PYTHONUNBUFFERED: '1',
      // Nothing of the package's folder is written to.
      PYTHONDONTWRITEBYTECODE: '1',
    },
  });
  closeSync(logFile);
  const { stdin, stdout } = child;
  if (!stdin || !stdout) throw new Error('a process without pipes');
  let failure: unknown;
  let killing: NodeJS.Timeout | undefined;
  const stop = (): void => {
    stdin.end();
    killing = setTimeout(() => child.kill('SIGKILL'), graceMs);
  };
  const handle = async (event: SparkEvent): Promise<void> => {
    if (event.event === 'progress') return onProgress(event.phase, event.fraction);
    await onFetch(event.paths);
    stdin.write('fetched\n');
  };
  // A script that ended no longer reads what it is told.
  stdin.on('error', () => undefined);
  createInterface({ input: stdout }).on('line', (line) => {
    if (!line.startsWith(mark)) return;
    handle(JSON.parse(line.slice(mark.length)) as SparkEvent).catch((error: unknown) => {
      failure ??= error;
      stop();
    });
  });
  const closed = new Promise<SparkExit>((done) => {
    child.once('error', (error: NodeJS.ErrnoException) =>
      done({ code: null, signal: error.code ?? error.message }),
    );
    // Java has the same standard output, so this waits for it as well.
    child.once('close', (code, signal) => done({ code, signal }));
  });
  if (signal?.aborted) stop();
  signal?.addEventListener('abort', stop, { once: true });
  try {
    const exit = await closed;
    if (failure !== undefined) throw failure;
    signal?.throwIfAborted();
    return exit;
  } finally {
    clearTimeout(killing);
    signal?.removeEventListener('abort', stop);
    stdin.destroy();
  }
}
