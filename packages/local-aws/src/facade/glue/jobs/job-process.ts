import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';

import type { LentGateway } from './spark-gateways.ts';

/** A program to run, with its arguments and its environment. */
export interface JobProgram {
  readonly program: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** The Java with the Spark of the program. */
  readonly gateway?: LentGateway;
}

/** A running program of a job. */
export interface JobProcess {
  /** Settles when it has ended, and whatever it started with it. */
  readonly ended: Promise<{ readonly status: number | null; readonly signal: string | null }>;
  /** Sends a signal to the program, to those that it started, and to its Java. */
  kill(signal: NodeJS.Signals): void;
}

/** How a script of Python ends that was not stopped: well, or by an error. */
const ownEnds: readonly unknown[] = [0, 1];

/**
 * Starts the program of a job in a process group of its own, in its own folder.
 *
 * @param folder holds its scratch files too
 * @param log gets its output
 */
export async function startJobProcess(
  { program, args, env, gateway }: JobProgram,
  folder: string,
  log: string,
): Promise<JobProcess> {
  const output = openSync(log, 'a');
  const child = spawn(program, args, {
    cwd: folder,
    env: { ...process.env, ...env, ...gateway?.environment, TMPDIR: folder },
    stdio: ['ignore', output, output],
    detached: true,
  });
  closeSync(output);
  await once(child, 'spawn').catch((error: unknown) => {
    gateway?.discard();
    throw error;
  });
  const killGroup = (signal: NodeJS.Signals): void => {
    try {
      process.kill(-(child.pid ?? 0), signal);
    } catch {
      // It has ended.
    }
  };
  let isOver = false;
  let isKilled = false;
  const ended = once(child, 'exit').then(([status, signal]) => {
    isOver = true;
    // A program that died leaves those that it started for a moment.
    killGroup('SIGKILL');
    if (!isKilled && ownEnds.includes(status)) gateway?.giveBack();
    else gateway?.discard();
    return {
      status: typeof status === 'number' ? status : null,
      signal: signal === null ? null : String(signal),
    };
  });
  return {
    ended,
    kill(signal) {
      // By then its Java may be that of another job.
      if (isOver) return;
      isKilled = true;
      killGroup(signal);
      gateway?.kill(signal);
    },
  };
}
