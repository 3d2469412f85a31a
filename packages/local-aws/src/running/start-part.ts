import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { cacheFolder } from '../cache-folder.ts';
import { SetupError } from '../setup-error.ts';
import { isReady } from './endpoints.ts';
import { identityOf, isRunning, type ProcessIdentity } from './process-table.ts';
import type { PartName } from './running-state.ts';

/** A program to run in the background. */
export interface PartProgram {
  readonly name: PartName;
  readonly program: string;
  readonly args: readonly string[];
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** The log file of a part. */
export function logOf(name: PartName): string {
  return join(cacheFolder(), 'logs', `${name}.log`);
}

/**
 * Starts a program that outlives this process, with its own log.
 *
 * @throws SetupError when it does not start
 */
export async function startPart(part: PartProgram): Promise<ProcessIdentity> {
  mkdirSync(join(cacheFolder(), 'logs'), { recursive: true });
  const log = openSync(logOf(part.name), 'w');
  try {
    const child = spawn(part.program, part.args, {
      cwd: part.cwd,
      env: { ...process.env, ...part.env },
      stdio: ['ignore', log, log],
      detached: true, // so that Ctrl-C in this terminal does not stop it
    });
    const failed = new Promise<Error>((resolve) => child.once('error', resolve));
    child.unref();
    const identity = child.pid === undefined ? undefined : identityOf(child.pid);
    if (identity !== undefined) return identity;
    const reason = await Promise.race([failed, pause(1000)]);
    throw new SetupError(
      `${part.name} did not start${reason ? `: ${reason.message}` : ''}`,
      `Its log is ${logOf(part.name)}`,
    );
  } finally {
    closeSync(log);
  }
}

/**
 * Waits until a part answers.
 *
 * @param patience milliseconds
 * @throws SetupError with the end of its log when it dies or takes longer
 */
export async function waitUntilReady(
  name: PartName,
  url: string,
  identity: ProcessIdentity,
  patience: number,
): Promise<void> {
  const started = performance.now();
  while (!(await isReady(name, url))) {
    const seconds = Math.round((performance.now() - started) / 1000);
    const problem = isRunning(identity)
      ? performance.now() - started > patience && `${name} does not answer after ${seconds} s`
      : `${name} ended after ${seconds} s`;
    if (problem) throw new SetupError(`${problem}:\n${logEnd(name)}\n`, `The whole log is ${logOf(name)}`);
    await pause(100);
  }
}

function logEnd(name: PartName): string {
  return readFileSync(logOf(name), 'utf8').trimEnd().split('\n').slice(-15).join('\n');
}
