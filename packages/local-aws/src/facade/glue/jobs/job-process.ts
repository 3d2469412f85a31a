import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';

/** A program to run, with its arguments and its environment. */
export interface JobProgram {
  readonly program: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/** A running program of a job. */
export interface JobProcess {
  readonly pid: number;
  /** Settles when it has ended. */
  readonly ended: Promise<{ readonly status: number | null; readonly signal: string | null }>;
  /** Sends a signal to the program and to those that it started: Spark's Java is one. */
  kill(signal: NodeJS.Signals): void;
}

/**
 * Starts the program of a job in a process group of its own, in its own folder.
 *
 * @param folder holds its scratch files too
 * @param log gets its output
 */
export async function startJobProcess(
  { program, args, env }: JobProgram,
  folder: string,
  log: string,
): Promise<JobProcess> {
  const output = openSync(log, 'a');
  try {
    const child = spawn(program, args, {
      cwd: folder,
      env: { ...process.env, ...env, TMPDIR: folder },
      stdio: ['ignore', output, output],
      detached: true,
    });
    await once(child, 'spawn');
    const pid = child.pid ?? 0;
    const ended = once(child, 'exit').then(([status, signal]) => ({
      status: typeof status === 'number' ? status : null,
      signal: signal === null ? null : String(signal),
    }));
    return {
      pid,
      ended,
      kill(signal) {
        try {
          process.kill(-pid, signal);
        } catch {
          // It has ended.
        }
      },
    };
  } finally {
    closeSync(output);
  }
}
