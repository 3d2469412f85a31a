import { spawn } from 'node:child_process';
import { SetupError } from '../setup-error.ts';

/**
 * Runs a program. Its output goes to standard error, because it is progress.
 *
 * @param remedy what to do when it fails
 * @throws SetupError when it cannot be started or fails
 */
export async function runTool(program: string, args: readonly string[], remedy: string): Promise<void> {
  const failure = await new Promise<string | undefined>((resolve) => {
    spawn(program, args, { stdio: ['ignore', 2, 2] })
      .on('error', (error) => resolve(error.message))
      .on('close', (status, signal) =>
        resolve(status === 0 ? undefined : `it ended with ${signal ?? `status ${status}`}`),
      );
  });
  if (failure !== undefined)
    throw new SetupError(`${program} ${args.slice(0, 3).join(' ')} failed: ${failure}`, remedy);
}
